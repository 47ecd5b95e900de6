import {
  createDatabase,
  createPool,
  hashOfApiKey,
  insertApiKey,
  newApiKey,
  revokeApiKey,
} from '@stile/db';
import { type Engine, engines } from '@stile/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HttpClient } from '../http-client.test-fixture.js';
import { startStack, type TestStack } from '../stack.test-fixture.js';
import { secret, tokenOf } from './tokens.test-fixture.js';

describe('an operator in a browser', () => {
  let stack: TestStack;
  let browser: HttpClient;
  let operator: string;
  let own: Readonly<Record<string, string>>;
  beforeAll(async () => {
    operator = await tokenOf('olga', { scope: 'operate' });
    stack = await startStack(engines[0] as Engine, {
      environment: {
        ...{ JWT_SECRET: secret, API_KEYS: 'true', TRUST_PROXY: 'loopback' },
        CORS_ORIGINS: 'https://shop.example',
      },
      headers: { authorization: `Bearer ${operator}` },
    });
    browser = stack.http.as(undefined);
    own = { origin: stack.http.address };
  });
  afterAll(() => stack.stop());

  let address = 0;
  /** Each from an address of its own, so that attempts don't add up. */
  const logIn = (
    credential: string,
    to = '/queues',
    headers: Readonly<Record<string, string>> = own,
  ) =>
    browser.send('/login', {
      method: 'POST',
      headers: { 'x-forwarded-for': `192.0.2.${++address}`, ...headers },
      body: new URLSearchParams({ credential, to }),
    });
  const cookieOf = ({ headers }: { headers: Headers }) => headers.get('set-cookie') ?? '';
  const sessionOf = async (credential: string) =>
    cookieOf(await logIn(credential)).split(';')[0] as string;

  test('is sent to the login page, and from there back', async () => {
    const asked = await browser.send('/queues', { headers: { accept: 'text/html' } });
    expect([asked.status, asked.headers.get('location')]).toEqual([303, '/login?to=%2Fqueues']);
    const page = await browser.get<string>('/login?to=%2Fqueues');
    expect(page.body).toContain('value="/queues"');
    const answer = await logIn(operator);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/queues']);
    const cookie = cookieOf(answer).split(';')[0] as string;
    expect((await browser.send('/queues', { headers: { cookie } })).status).toBe(200);
    expect((await browser.send('/metrics', { headers: { cookie } })).status).toBe(200);
  });

  test('gets a cookie that scripts can’t read and other sites can’t send, over TLS for TLS only', async () => {
    expect(cookieOf(await logIn(operator))).toMatch(
      /^stile=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    const overTls = {
      ...own,
      origin: own.origin?.replace('http:', 'https:') ?? '',
      'x-forwarded-proto': 'https',
    };
    expect(cookieOf(await logIn(operator, '/ops', overTls))).toMatch(
      /^__Host-stile=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
  });

  test.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/login"><script>',
    '/queues/../../x',
  ])('is not sent on to %s', async (to) => {
    expect((await logIn(operator, to)).headers.get('location')).toBe('/ops');
    const page = await browser.get<string>(`/login?to=${encodeURIComponent(to)}`);
    expect(page.body).toContain('value="/ops"');
  });

  test('must be an operator', async () => {
    expect((await logIn(await tokenOf('ann'))).status).toBe(403);
    expect((await logIn('nonsense')).status).toBe(401);
    expect(cookieOf(await logIn('nonsense'))).toBe('');
  });

  test('is safe from the pages of other sites', async () => {
    const cookie = await sessionOf(operator);
    const start = (headers: Readonly<Record<string, string>>) =>
      browser.post(
        '/users',
        { name: 'Ada', email: `${Math.random()}@example.org` },
        { cookie, ...headers },
      );
    expect((await start(own)).status).toBe(201);
    expect((await start({ 'sec-fetch-site': 'same-origin' })).status).toBe(201);
    const refused: Readonly<Record<string, string>>[] = [
      {},
      { origin: 'null' },
      { origin: 'https://evil.example' },
      { origin: 'https://shop.example' },
      { 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of refused) expect((await start(headers)).status).toBe(403);
    expect((await logIn(operator, '/ops', { origin: 'https://evil.example' })).status).toBe(403);
  });

  test('is nobody with a cookie that was changed, or with a token in its place', async () => {
    const [name, session = ''] = (await sessionOf(operator)).split('=');
    const other = session.at(-2) === 'A' ? 'B' : 'A';
    for (const value of [session.slice(0, -2) + other + session.slice(-1), operator, 'x', '%00']) {
      const answer = await browser.send('/queues', { headers: { cookie: `${name}=${value}` } });
      expect(answer.status).toBe(401);
    }
    expect((await stack.http.as(session).get('/queues')).status).toBe(401);
  });

  test('who came with an API key is out when that is revoked', async () => {
    const pool = createPool({
      ...{ connectionString: stack.databaseUrl, max: 1, applicationName: 'test' },
      onError: (error) => {
        throw error;
      },
    });
    const db = createDatabase(pool);
    const { id, key } = newApiKey();
    await insertApiKey(db, { id, name: 'Olga', hash: hashOfApiKey(key), scopes: ['operate'] });
    const [first, second] = [await sessionOf(key), await sessionOf(key)];
    const status = async (cookie: string) =>
      (await browser.send('/queues', { headers: { cookie } })).status;
    expect(await status(first)).toBe(200);
    await revokeApiKey(db, id);
    await pool.end();
    // A session that nobody asked about within the last ten seconds.
    if (second !== first) expect(await status(second)).toBe(401);
    expect((await logIn(key)).status).toBe(401);
  });

  test('who guesses is slowed down', async () => {
    const guess = () =>
      browser.send('/login', {
        method: 'POST',
        headers: { 'x-forwarded-for': '198.51.100.1', ...own },
        body: new URLSearchParams({ credential: newApiKey().key }),
      });
    const statuses: number[] = [];
    for (let n = 0; n < 12; n++) statuses.push((await guess()).status);
    expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
    expect(Number((await guess()).headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('logs out', async () => {
    const cookie = await sessionOf(operator);
    const answer = await browser.send('/logout', { method: 'POST', headers: { cookie, ...own } });
    expect(answer.status).toBe(303);
    expect(cookieOf(answer)).toMatch(/stile=; .*(Max-Age=0|Expires=Thu, 01 Jan 1970)/);
  });

  test.each(['/', '/login', '/docs', '/queues', '/ops'])(
    '%s is a page with a strict policy',
    async (path) => {
      const { headers, status } = await stack.http.get(path);
      expect(status).toBe(200);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toMatch(/script-src 'self'(;|$)/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    },
  );

  test('answers in JSON are not taken for pages', async () => {
    const { headers } = await stack.http.get('/events');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('pages of listed sites may call with a token, others not, and none with a cookie', async () => {
    const preflight = (origin: string) =>
      browser.send('/bookings', {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    const allowed = await preflight('https://shop.example');
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect(allowed.headers.get('access-control-allow-credentials')).toBeNull();
    const refused = await preflight('https://evil.example');
    expect(refused.headers.get('access-control-allow-origin')).not.toBe('https://evil.example');
  });
});
