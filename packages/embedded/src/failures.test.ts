import { expect, test } from 'vitest';
import { explainFailure, explainSystemError } from './failures.js';

test.each([
  ['FATAL:  could not write lock file "postmaster.pid": No space left on device', /disk is full/],
  ['FATAL:  could not extend file "base/1/2691"\nHINT:  Check free disk space.', /disk is full/],
  ['LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', /choose another port/],
  ['initdb: error while loading shared libraries: libpq.so.5', /npm rebuild/],
  ['FATAL:  could not open file "global/pg_control": Permission denied', /give DATA_DIR to/],
])('%s: the message names the fix and keeps the reason', (output, fix) => {
  const message = explainFailure('PostgreSQL did not start', output);
  expect(message).toMatch(fix);
  expect(message).toContain(output);
});

test('a reason that is not known is shown as it came', () => {
  expect(explainFailure('PostgreSQL did not start', 'FATAL: odd')).toBe(
    'PostgreSQL did not start.\nFATAL: odd',
  );
});

test('a file system that refuses is explained, and other errors pass through', () => {
  const refused = Object.assign(new Error("EACCES: permission denied, mkdir '/x'"), {
    code: 'EACCES',
    syscall: 'mkdir',
  });
  expect(String(explainSystemError('/x', refused))).toMatch(/\/x can't be used\..*set DATA_DIR/);
  const other = new Error('other');
  expect(explainSystemError('/x', other)).toBe(other);
});
