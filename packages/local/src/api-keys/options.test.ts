import { describe, expect, test } from 'vitest';
import { parseApiKeysCommand, UsageError } from './options.js';

describe('the command line of api-keys', () => {
  test.each([
    [
      ['create', '--name', 'Box office', '--scopes', 'book, events:read,book'],
      { kind: 'create', name: 'Box office', scopes: ['book', 'events:read'] },
    ],
    [['list'], { kind: 'list' }],
    [['revoke', '0123456789ab'], { kind: 'revoke', id: '0123456789ab' }],
    [[], { kind: 'help' }],
    [['create', '--help'], { kind: 'help' }],
  ])('%j is understood', (args, command) => {
    expect(parseApiKeysCommand(args)).toEqual(command);
  });

  test.each([
    [['create', '--scopes', 'book'], /--name/],
    [['create', '--name', 'a\u0000b', '--scopes', 'book'], /--name/],
    [['create', '--name', 'x'], /--scopes/],
    [['create', '--name', 'x', '--scopes', 'everything'], /--scopes/],
    [['create', 'x', '--name', 'x', '--scopes', 'book'], /not a command/],
    [['revoke'], /not a command/],
    [['delete', 'x'], /not a command/],
    [['list', '--all'], /--all/],
  ])('%j is refused with what is wrong', (args, message) => {
    expect(() => parseApiKeysCommand(args)).toThrow(UsageError);
    expect(() => parseApiKeysCommand(args)).toThrow(message);
  });
});
