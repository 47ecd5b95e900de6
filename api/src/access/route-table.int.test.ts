import { type Engine, engines } from '@stile/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HttpClient } from '../http-client.test-fixture.js';
import { startStack, type TestStack } from '../stack.test-fixture.js';
import { secret, tampered, tokenOf } from './tokens.test-fixture.js';

/** `own` has what the request is about, `other` has the same scopes and nothing of it. */
const callers = ['none', 'expired', 'tampered', 'unscoped', 'other', 'own', 'operator'] as const;
type CallerName = (typeof callers)[number];
type Statuses = Readonly<Record<CallerName, number>>;

interface Row {
  readonly statuses: Statuses;
  /** The path and body of a request that is right in itself; made anew for each caller. */
  readonly request: () => Promise<{ readonly path: string; readonly body?: unknown }>;
}

const without = { none: 401, expired: 401, tampered: 401, unscoped: 403 } as const;
const everybody = (status: number): Statuses => ({
  ...{ none: status, expired: status, tampered: status, unscoped: status },
  ...{ other: status, own: status, operator: status },
});
const scoped = (status: number): Statuses => ({
  ...without,
  ...{ other: status, own: status, operator: status },
});
const owned = (status: number): Statuses => ({
  ...without,
  other: 404,
  own: status,
  operator: status,
});
const operators = (status: number): Statuses => ({
  ...without,
  ...{ other: 403, own: 403, operator: status },
});

/** Pages of other packages: their routes are known by how they begin. */
const families: readonly { readonly prefix: string; readonly access: string }[] = [
  { prefix: '/docs', access: 'public' },
  { prefix: '/queues', access: 'operate' },
];

const engine = engines[0] as Engine;

describe('every route lets in those it is for, and nobody else', () => {
  let stack: TestStack;
  let own: HttpClient;
  let operator: HttpClient;
  let clients: Record<CallerName, HttpClient>;
  let eventId: string;
  let sectionId: string;
  let hallId: string;

  beforeAll(async () => {
    const operatorToken = await tokenOf('olga', { scope: 'operate' });
    stack = await startStack(engine, {
      environment: { JWT_SECRET: secret, WEBHOOK_ALLOW_PRIVATE: 'true' },
      headers: { authorization: `Bearer ${operatorToken}` },
    });
    const { http } = stack;
    const scope = 'events:read events:write book';
    const ownToken = await tokenOf('ann', { scope });
    own = http.as(ownToken);
    operator = http.as(operatorToken);
    clients = {
      none: http.as(undefined),
      expired: http.as(await tokenOf('ann', { scope, seconds: -60 })),
      tampered: http.as(tampered(ownToken, 2)),
      unscoped: http.as(await tokenOf('ann', { scope: 'admin' })),
      other: http.as(await tokenOf('bob', { scope })),
      own,
      operator,
    };
    ({ id: sectionId, eventId } = await http.createSection(1_000));
    ({ id: hallId } = await http.createHall(10));
  });
  afterAll(() => stack.stop());

  const book = async (fields: object = {}): Promise<string> => {
    const body = { sectionId, quantity: 1, ...fields };
    return (await own.post<{ id: string }>('/bookings?wait=10', body)).body.id;
  };
  const newUser = (): object => ({ name: 'Ada', email: `${Math.random()}@example.org` });
  const aUser = async (): Promise<string> =>
    (await own.post<{ id: string }>('/users', newUser())).body.id;
  // Nobody listens there: what is sent to it fails at once.
  const nowhere = { url: 'http://127.0.0.1:9/hook' };
  const aWebhook = async (): Promise<string> =>
    (await operator.post<{ id: string }>('/webhooks', nowhere)).body.id;
  const at = (path: string) => async () => ({ path });
  const event = { name: 'A concert', sections: [{ name: 'S', price: 1, capacity: 1 }] };

  const table: Readonly<Record<string, Row>> = {
    'GET /events': { statuses: scoped(200), request: at('/events') },
    'POST /events': {
      statuses: scoped(201),
      request: async () => ({ path: '/events', body: event }),
    },
    'GET /events/:id': {
      statuses: scoped(200),
      request: async () => ({ path: `/events/${eventId}` }),
    },
    'PATCH /events/:id': {
      statuses: scoped(200),
      request: async () => ({ path: `/events/${eventId}`, body: { name: 'Another' } }),
    },
    'DELETE /events/:id': {
      statuses: scoped(204),
      request: async () => ({ path: `/events/${(await stack.http.createEvent(1)).id}` }),
    },
    'GET /events/:id/stats': {
      statuses: scoped(200),
      request: async () => ({ path: `/events/${eventId}/stats` }),
    },
    'GET /events/:id/stream': {
      statuses: scoped(200),
      request: async () => ({ path: `/events/${eventId}/stream` }),
    },
    'PATCH /sections/:id': {
      statuses: scoped(200),
      request: async () => ({ path: `/sections/${sectionId}`, body: { price: 7 } }),
    },
    'GET /sections/:id/seats': {
      statuses: scoped(200),
      request: async () => ({ path: `/sections/${hallId}/seats` }),
    },
    'GET /sections/:id/seat-map': {
      statuses: scoped(200),
      request: async () => ({ path: `/sections/${hallId}/seat-map` }),
    },
    'POST /bookings': {
      statuses: scoped(201),
      request: async () => ({ path: '/bookings?wait=10', body: { sectionId, quantity: 1 } }),
    },
    'GET /bookings': { statuses: scoped(200), request: at('/bookings') },
    'GET /bookings/:id': {
      statuses: owned(200),
      request: async () => ({ path: `/bookings/${await book()}` }),
    },
    'POST /bookings/:id/confirm': {
      statuses: owned(200),
      request: async () => ({ path: `/bookings/${await book({ hold: true })}/confirm` }),
    },
    'DELETE /bookings/:id': {
      statuses: owned(204),
      request: async () => ({ path: `/bookings/${await book()}` }),
    },
    'GET /users': { statuses: scoped(200), request: at('/users') },
    'POST /users': {
      statuses: scoped(201),
      request: async () => ({ path: '/users', body: newUser() }),
    },
    'GET /users/:id': {
      statuses: owned(200),
      request: async () => ({ path: `/users/${await aUser()}` }),
    },
    'PATCH /users/:id': {
      statuses: owned(200),
      request: async () => ({ path: `/users/${await aUser()}`, body: { name: 'Ida' } }),
    },
    'GET /health/live': { statuses: everybody(200), request: at('/health/live') },
    'GET /health/ready': { statuses: everybody(200), request: at('/health/ready') },
    'GET /problems/:code': { statuses: everybody(200), request: at('/problems/sold-out') },
    'GET /openapi.json': { statuses: everybody(200), request: at('/openapi.json') },
    'GET /docs': { statuses: everybody(200), request: at('/docs') },
    'POST /webhooks': {
      statuses: operators(201),
      request: async () => ({ path: '/webhooks', body: nowhere }),
    },
    'GET /webhooks': { statuses: operators(200), request: at('/webhooks') },
    'GET /webhooks/:id': {
      statuses: operators(200),
      request: async () => ({ path: `/webhooks/${await aWebhook()}` }),
    },
    'DELETE /webhooks/:id': {
      statuses: operators(204),
      request: async () => ({ path: `/webhooks/${await aWebhook()}` }),
    },
    'POST /webhooks/:id/enable': {
      statuses: operators(200),
      request: async () => ({ path: `/webhooks/${await aWebhook()}/enable` }),
    },
    'GET /webhooks/:id/deliveries': {
      statuses: operators(200),
      request: async () => ({ path: `/webhooks/${await aWebhook()}/deliveries` }),
    },
    'POST /webhooks/:id/deliveries/:deliveryId/replay': {
      statuses: operators(404),
      request: async () => ({ path: `/webhooks/${await aWebhook()}/deliveries/1/replay` }),
    },
    'POST /webhooks/:id/replay': {
      statuses: operators(202),
      request: async () => ({
        path: `/webhooks/${await aWebhook()}/replay`,
        body: { from: '2026-01-01T00:00:00Z' },
      }),
    },
    'GET /metrics': { statuses: operators(200), request: at('/metrics') },
    'GET /': { statuses: everybody(200), request: at('/') },
    'GET /icon.svg': { statuses: everybody(200), request: at('/icon.svg') },
    'GET /assets/*': { statuses: everybody(404), request: at('/assets/none.js') },
    'GET /ops': { statuses: operators(200), request: at('/ops') },
    'GET /ops/overview': { statuses: operators(200), request: at('/ops/overview') },
    'GET /ops/bookings/:id': {
      statuses: operators(200),
      request: async () => ({ path: `/ops/bookings/${await book()}` }),
    },
    'POST /ops/demo-sale': {
      statuses: operators(202),
      request: async () => ({ path: '/ops/demo-sale', body: {} }),
    },
    'GET /login': { statuses: everybody(200), request: at('/login') },
    // Sent by no page of this server.
    'POST /login': { statuses: everybody(403), request: at('/login') },
    'POST /logout': { statuses: everybody(403), request: at('/logout') },
    'GET /queues': { statuses: operators(200), request: at('/queues') },
  };

  test.each(Object.keys(table))('%s', async (route) => {
    const { statuses, request } = table[route] as Row;
    const [method = ''] = route.split(' ');
    const found: Partial<Record<CallerName, number>> = {};
    for (const name of callers) {
      const { path, body } = await request();
      const init =
        body === undefined
          ? { method }
          : {
              method,
              body: JSON.stringify(body),
              headers: { 'content-type': 'application/json' },
            };
      found[name] = (await clients[name].send(path, init)).status;
    }
    expect(found).toEqual(statuses);
  });

  test('no route is missing from the table', () => {
    const inFamily = (url: string) => families.some(({ prefix }) => isBelow(prefix, url));
    const missing = stack.api.routes
      .filter(({ method, url }) => method !== 'HEAD' && !inFamily(url))
      .map(({ method, url }) => `${method} ${url}`)
      .filter((route) => !(route in table));
    expect(missing).toEqual([]);
  });

  test('pages of other packages are all for those whom the first of them is for', () => {
    for (const { prefix, access } of families) {
      const routes = stack.api.routes.filter(({ url }) => isBelow(prefix, url));
      expect(routes.length).toBeGreaterThan(1);
      expect(new Set(routes.map((route) => route.access))).toEqual(new Set([access]));
    }
  });

  test('HEAD asks for what GET asks for', () => {
    const accessOf = (wanted: string) =>
      new Map(
        stack.api.routes
          .filter(({ method }) => method === wanted)
          .map(({ url, access }) => [url, access]),
      );
    const ofGet = accessOf('GET');
    for (const [url, access] of accessOf('HEAD')) {
      // A plugin's index has a second HEAD route, with a slash at its end.
      expect([url, access]).toEqual([url, ofGet.get(url.replace(/(.)\/$/, '$1'))]);
    }
  });

  test('lists show their caller’s own, and operators everything', async () => {
    const id = await book();
    const userId = await aUser();
    const idsIn = async (client: HttpClient, path: string) =>
      (await client.all<{ id: string }>(path, 100)).map((row) => row.id);
    const { other } = clients;
    for (const [path, wanted] of [
      ['/bookings', id],
      [`/bookings?sectionId=${sectionId}`, id],
      [`/bookings?eventId=${eventId}&status=confirmed`, id],
      ['/users', userId],
    ] as const) {
      expect(await idsIn(own, path)).toContain(wanted);
      expect(await idsIn(operator, path)).toContain(wanted);
      expect(await idsIn(other, path)).not.toContain(wanted);
    }
  });

  test('the caller is kept with the booking and in the ledger, with every command', async () => {
    const id = await book({ hold: true });
    await own.send(`/bookings/${id}/confirm`, { method: 'POST' });
    await operator.delete(`/bookings/${id}`);
    expect(await stack.query('SELECT caller FROM bookings WHERE id = $1', [id])).toEqual([
      { caller: 'user:ann' },
    ]);
    expect(
      await stack.query(
        'SELECT command, caller FROM ledger WHERE booking_id = $1 ORDER BY sequence',
        [id],
      ),
    ).toEqual([
      { command: 'book', caller: 'user:ann' },
      { command: 'confirm', caller: 'user:ann' },
      { command: 'cancel', caller: 'user:olga' },
    ]);
  });

  test('one idempotency key is two keys for two callers', async () => {
    const key = { 'idempotency-key': 'the same' };
    const body = { sectionId, quantity: 1 };
    const ids = await Promise.all(
      [own, own, clients.other].map(
        async (client) =>
          (await client.post<{ id: string }>('/bookings?wait=10', body, key)).body.id,
      ),
    );
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  test('a user of another caller can’t be booked for, nor found by e-mail', async () => {
    const user = newUser();
    const { body } = await own.post<{ id: string }>('/users', user);
    const { other } = clients;
    const refused = await other.post('/bookings', { sectionId, quantity: 1, userId: body.id });
    expect([refused.status, refused.body.type]).toEqual([404, '/problems/unknown-user']);
    const theirs = await other.post<{ id: string }>('/users', user);
    expect(theirs.status).toBe(201);
    expect(theirs.body.id).not.toBe(body.id);
  });

  test('a refusal says how to ask, and another’s booking looks like none', async () => {
    const id = await book();
    const none = await clients.none.get(`/bookings/${id}`);
    expect(none.headers.get('www-authenticate')).toBe('Bearer realm="stile"');
    expect(none.body.type).toBe('/problems/unauthenticated');
    const unscoped = await clients.unscoped.get('/bookings');
    expect(unscoped.headers.get('www-authenticate')).toContain('scope="book"');
    const never = id.replace(/.{11}$/, '00000000001');
    const [others, unknown] = await Promise.all(
      [id, never].map((one) => clients.other.get(`/bookings/${one}`)),
    );
    const shape = ({ body }: { body: object }, of: string) =>
      JSON.stringify({ ...body, instance: '' }).replaceAll(of, '');
    expect(shape(others as never, id)).toBe(shape(unknown as never, never));
  });
});

const isBelow = (prefix: string, url: string): boolean =>
  url.startsWith(`${prefix}/`) || (prefix === '/queues' && url === prefix);
