import { expect, test } from 'vitest';
import { readConfig } from './config.js';

test('an empty environment leaves everything to what can be had', () => {
  expect(readConfig({ TEST_DATABASE_URL: '' })).toEqual({
    databaseUrl: undefined,
    redisUrl: undefined,
    kind: undefined,
    mustRunAll: false,
  });
});

test('a kind that does not exist is refused, naming those that do', () => {
  expect(() => readConfig({ TEST_SERVERS: 'docker' })).toThrow(/given, containers, embedded/);
});
