import { describe, expect, test } from 'vitest';
import { readArguments } from './arguments.js';

const id = '018f0000-0000-7000-8000-00000000000a';

describe('the command line', () => {
  test('asks for everything when it is empty', () => {
    expect(readArguments([])).toEqual({ options: {}, json: false, help: false });
  });

  test('names a section, an event and JSON', () => {
    expect(readArguments(['--section', id, '--event', id, '--json'])).toEqual({
      options: { sectionId: id, eventId: id },
      json: true,
      help: false,
    });
  });

  test.each([
    [['--section', '7'], '--section must be an id'],
    [['--event', ''], '--event must be an id'],
    [['--section'], 'argument missing'],
    [['--sections', id], '--sections'],
    [[id], id],
  ])('%j is refused, and the message says why', (argv, message) => {
    expect(() => readArguments(argv)).toThrow(message);
  });
});
