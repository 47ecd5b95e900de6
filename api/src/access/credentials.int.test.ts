import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createDatabase,
  createPool,
  hashOfApiKey,
  insertApiKey,
  newApiKey,
  revokeApiKey,
} from '@stile/db';
import { createTestDatabase, type TestDatabase } from '@stile/testing';
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, UnsecuredJWT } from 'jose';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ProblemError } from '../problems.js';
import { ApiKeyVerifier } from './api-key-verifier.js';
import { Credentials } from './credentials.js';
import { JwtVerifier } from './jwt-verifier.js';
import { secret, tampered, tokenOf } from './tokens.test-fixture.js';

const issuer = 'https://issuer.example';
const audience = 'stile';

/** Why a credential was refused. */
const refusalOf = async (verify: Promise<unknown>): Promise<string> => {
  const error = await verify.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ProblemError);
  expect((error as ProblemError).code).toBe('unauthenticated');
  return (error as ProblemError).message;
};

describe('a token signed with the secret', () => {
  const jwtConfig = {
    jwtSecret: secret,
    jwksUrl: undefined,
    jwtIssuer: issuer,
    jwtAudience: audience,
  };
  const verifier = new JwtVerifier(jwtConfig);
  const good = { issuer, audience };

  test('tells its subject and the scopes that mean something here', async () => {
    const token = await tokenOf('ann', { ...good, scope: 'book admin events:read' });
    const { caller } = await verifier.verify(token);
    expect(caller).toEqual({ id: 'user:ann', scopes: new Set(['book', 'events:read']) });
    const listed = await verifier.verify(await tokenOf('ann', { ...good, scope: ['operate', 7] }));
    expect([...listed.caller.scopes]).toEqual(['operate']);
  });

  test.each([0, 1, 2] as const)('is refused when part %i of it was changed', async (part) => {
    const token = await tokenOf('ann', { ...good, scope: 'book' });
    expect(await refusalOf(verifier.verify(tampered(token, part)))).toMatch(/not valid/);
  });

  test.each([
    ['is over', { ...good, seconds: -6 }, 'The token has expired.'],
    [
      'is for somebody else',
      { issuer, audience: 'other' },
      'The token’s "aud" is not what it must be here.',
    ],
    ['is for nobody', { issuer }, 'The token’s "aud" is not what it must be here.'],
    [
      'is another issuer’s',
      { audience, issuer: 'x' },
      'The token’s "iss" is not what it must be here.',
    ],
    [
      'is not valid yet',
      { ...good, claims: { nbf: 9_999_999_999 } },
      'The token’s "nbf" is not what it must be here.',
    ],
  ])('is refused when it %s', async (_what, options, refusal) => {
    expect(await refusalOf(verifier.verify(await tokenOf('ann', options)))).toBe(refusal);
  });

  test.each(['', 'a b', 'a\u0000b', 'ü', 'x'.repeat(201)])(
    'is refused with the subject %j',
    async (sub) => {
      expect(await refusalOf(verifier.verify(await tokenOf(sub, good)))).toMatch(/"sub"/);
    },
  );

  test('is refused without a signature, whatever its header says of that', async () => {
    const claims = new UnsecuredJWT({ scope: 'operate' }).setSubject('ann').setExpirationTime('1h');
    const none = claims.setIssuer(issuer).setAudience(audience).encode();
    expect(await refusalOf(verifier.verify(none))).toMatch(/not valid/);
    for (const alg of ['none', 'None', 'NONE', 'HS512', 'RS256']) {
      const header = Buffer.from(JSON.stringify({ alg })).toString('base64url');
      const [, body, signature] = (await tokenOf('ann', good)).split('.');
      for (const end of ['', signature]) {
        expect(await refusalOf(verifier.verify(`${header}.${body}.${end}`))).toMatch(/not valid/);
      }
    }
  });
});

describe('a token signed with a key of the JWKS address', () => {
  let server: Server;
  let verifier: JwtVerifier;
  let url: URL;
  const keys: Record<'RS256' | 'ES256', CryptoKey> = {} as never;
  let publicPem: string;

  beforeAll(async () => {
    const jwks: object[] = [];
    for (const alg of ['RS256', 'ES256'] as const) {
      const pair = await generateKeyPair(alg, { extractable: true });
      keys[alg] = pair.privateKey;
      jwks.push({ ...(await exportJWK(pair.publicKey)), alg, use: 'sig' });
      if (alg === 'RS256') publicPem = await exportSPKI(pair.publicKey);
    }
    server = createServer((_request, response) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: jwks }));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`);
    verifier = new JwtVerifier({
      jwtSecret: undefined,
      jwksUrl: url,
      jwtIssuer: issuer,
      jwtAudience: audience,
    });
  });
  afterAll(() => server.close());

  test.each(['RS256', 'ES256'] as const)('by %s tells its subject', async (alg) => {
    const token = await tokenOf('ann', { issuer, audience, alg, key: keys[alg] });
    expect((await verifier.verify(token)).caller.id).toBe('user:ann');
    expect(await refusalOf(verifier.verify(tampered(token, 2)))).toMatch(/not valid/);
  });

  test('can’t be had by taking the public key for a secret', async () => {
    const confused = await tokenOf('ann', {
      ...{ issuer, audience, alg: 'HS256', key: new TextEncoder().encode(publicPem) },
    });
    expect(await refusalOf(verifier.verify(confused))).toMatch(/not valid/);
    const both = new JwtVerifier({
      jwtSecret: secret,
      jwksUrl: url,
      jwtIssuer: issuer,
      jwtAudience: audience,
    });
    expect(await refusalOf(both.verify(confused))).toMatch(/not valid/);
  });

  test('by a key that is not among them is refused', async () => {
    const { privateKey: key } = await generateKeyPair('ES256');
    const token = await tokenOf('ann', { issuer, audience, alg: 'ES256', key });
    expect(await refusalOf(verifier.verify(token))).toMatch(/not valid/);
  });

  test('is answered with a 503 when the keys can’t be read', async () => {
    const gone = createServer().listen(0, '127.0.0.1');
    await once(gone, 'listening');
    const { port } = gone.address() as AddressInfo;
    gone.close();
    await once(gone, 'close');
    const lost = new JwtVerifier({
      ...{ jwtSecret: undefined, jwksUrl: new URL(`http://127.0.0.1:${port}/`) },
      ...{ jwtIssuer: issuer, jwtAudience: audience },
    });
    const token = await tokenOf('ann', { issuer, audience, alg: 'ES256', key: keys.ES256 });
    await expect(lost.verify(token)).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('an API key', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let credentials: Credentials;
  let made: ReturnType<typeof newApiKey>;

  beforeAll(async () => {
    database = await createTestDatabase();
    pool = createPool({
      connectionString: database.url,
      max: 2,
      applicationName: 'test',
      onError: (error) => {
        throw error;
      },
    });
    const db = createDatabase(pool);
    made = newApiKey();
    await insertApiKey(db, {
      ...{
        id: made.id,
        name: 'Box office',
        hash: hashOfApiKey(made.key),
        scopes: ['book', 'gone'],
      },
    });
    credentials = new Credentials({ jwt: undefined, apiKeys: new ApiKeyVerifier(db) });
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  test('tells its id and the scopes it was made for, and is looked up once', async () => {
    const first = credentials.callerOf(made.key);
    expect(first).toBeInstanceOf(Promise);
    expect(await first).toEqual({ id: `key:${made.id}`, scopes: new Set(['book']) });
    expect(credentials.callerOf(made.key)).not.toBeInstanceOf(Promise);
  });

  test('is not in the database, only its hash', async () => {
    const { rows } = await pool.query('SELECT * FROM api_keys');
    expect(JSON.stringify(rows)).toContain(made.id);
    expect(JSON.stringify(rows)).not.toContain(made.key.slice(-43));
  });

  test('with another secret, another id or another form is refused', async () => {
    const last = made.key.endsWith('A') ? 'B' : 'A';
    for (const key of [made.key.slice(0, -1) + last, newApiKey().key, 'stile_', `${made.key}x`]) {
      expect(await refusalOf(credentials.verify(key))).toBe('The API key is not known.');
    }
  });

  test('that was revoked is refused, and tokens where only keys are taken', async () => {
    const db = createDatabase(pool);
    expect(await revokeApiKey(db, made.id)).toBe(true);
    expect(await revokeApiKey(db, made.id)).toBe(false);
    expect(await refusalOf(credentials.verify(made.key))).toBe('The API key was revoked.');
    expect(await refusalOf(credentials.verify(await tokenOf('ann')))).toMatch(/only API keys/);
  });
});
