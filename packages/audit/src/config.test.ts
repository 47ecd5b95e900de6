import { resolve } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { readConfig } from './config.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the configuration', () => {
  test('is read from the environment given and from no other', () => {
    vi.stubEnv('DATABASE_URL', 'postgres://elsewhere/stile');
    vi.stubEnv('DATA_DIR', '/elsewhere');
    expect(readConfig({})).toEqual({ databaseUrl: undefined, dataDir: resolve('.data') });
  });

  test('names the database when there is one', () => {
    const environment = { DATABASE_URL: 'postgres://here/stile', DATA_DIR: '/data' };
    expect(readConfig(environment)).toEqual({
      databaseUrl: 'postgres://here/stile',
      dataDir: '/data',
    });
  });

  test('that is empty is refused by the name of its variable', () => {
    expect(() => readConfig({ DATABASE_URL: '' })).toThrow('DATABASE_URL');
  });
});
