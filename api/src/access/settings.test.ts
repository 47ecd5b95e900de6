import { describe, expect, test } from 'vitest';
import { readConfig } from '../config.js';

const base = { DATABASE_URL: 'postgres://localhost/stile' };
const accessOf = (environment: Readonly<Record<string, string>>) =>
  readConfig({ ...base, ...environment }).access;
const secret = 'x'.repeat(32);

describe('who may call', () => {
  test('is everybody when nothing says otherwise, but never in production', () => {
    expect(accessOf({})).toBeUndefined();
    expect(accessOf({ NODE_ENV: 'development' })).toBeUndefined();
    expect(() => accessOf({ NODE_ENV: 'production' })).toThrow(/JWT_SECRET, JWKS_URL or API_KEYS/);
  });

  test.each([
    { JWT_SECRET: secret },
    { API_KEYS: 'true' },
    { JWKS_URL: 'https://issuer.example/jwks', JWT_ISSUER: 'i', JWT_AUDIENCE: 'a' },
    { JWKS_URL: 'http://127.0.0.1:9/jwks', JWT_ISSUER: 'i', JWT_AUDIENCE: 'a' },
  ])('is said by %j', (environment) => {
    expect(accessOf({ ...environment, NODE_ENV: 'production' })).toBeDefined();
  });

  test.each([
    [{ JWT_SECRET: 'x'.repeat(31) }, /JWT_SECRET/],
    [{ JWKS_URL: 'https://issuer.example/jwks' }, /JWT_ISSUER and JWT_AUDIENCE/],
    [{ JWKS_URL: 'http://issuer.example', JWT_ISSUER: 'i', JWT_AUDIENCE: 'a' }, /https/],
    [{ JWKS_URL: 'issuer', JWT_ISSUER: 'i', JWT_AUDIENCE: 'a' }, /not an address/],
  ])('can not be meant by %j', (environment, message) => {
    expect(() => accessOf(environment)).toThrow(message);
  });
});
