import { expect, test } from 'vitest';
import { parsePidFile } from './postmaster.js';

test('the process and the port are read from lines 1 and 4', () => {
  expect(parsePidFile('4711\n/data\n1700000000\n54321\n\nlocalhost\n 1 2\nready   \n')).toEqual({
    pid: 4711,
    port: 54321,
  });
});

test.each(['', '4711\n/data\n', 'x\n/data\n1\ny\n', '-1\n/data\n1\n5432\n'])(
  'a file cut short or garbled names no server: %j',
  (text) => {
    expect(parsePidFile(text)).toBeUndefined();
  },
);
