import { engines } from '@stile/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startStack, type TestStack, type Written } from './stack.test-fixture.js';

const uuid = '018f0000-0000-7000-8000-000000000001';
const json = { 'content-type': 'application/json' };
const cursorOfV4 = Buffer.from('9b2f3c1e4d5a4b6c8d7e0f1a2b3c4d5e', 'hex').toString('base64url');
const badPages: readonly [query: string, path: string][] = [
  ['limit=0', '/limit'],
  ['limit=101', '/limit'],
  ['limit=-1', '/limit'],
  ['limit=1.5', '/limit'],
  ['limit=abc', '/limit'],
  ['limit=', '/limit'],
  ['limit', '/limit'],
  ['limit=1e999', '/limit'],
  ['limit=-Infinity', '/limit'],
  ['limit=1&limit=2', '/limit'],
  ['cursor=', '/cursor'],
  ['cursor=abc', '/cursor'],
  [`cursor=${uuid}`, '/cursor'],
  [`cursor=${cursorOfV4}`, '/cursor'],
  [`cursor=${'A'.repeat(101)}`, '/cursor'],
  ['cursor=%00', '/cursor'],
  ['cursor=a&cursor=b', '/cursor'],
  ['offset=10', '/offset'],
  ['__proto__=1', '/__proto__'],
  ['constructor=1', '/constructor'],
];
const badAddresses: readonly [path: string, named: string][] = [
  ...badPages.flatMap(([query, path]): [string, string][] => [
    [`/events?${query}`, path],
    [`/bookings?${query}`, path],
    [`/users?${query}`, path],
  ]),
  ['/events?kind=Two%20Words', '/kind'],
  ['/events?kind=', '/kind'],
  ['/events?kind=bus&kind=movie', '/kind'],
  ['/events?from=tomorrow', '/from'],
  ['/events?from=2030-01-01', '/from'],
  ['/events?from=2030-02-30T00:00:00Z', '/from'],
  ['/events?to=1969-12-31T23:59:59Z', '/to'],
  ['/events?to=9999-12-31T23:59:59-01:00', '/to'],
  ['/bookings?status=queued', '/status'],
  ['/bookings?status=CONFIRMED', '/status'],
  ['/bookings?eventId=1', '/eventId'],
  [`/bookings?eventId=urn:uuid:${uuid}`, '/eventId'],
  [`/bookings?sectionId=${uuid}&sectionId=${uuid}`, '/sectionId'],
  ['/bookings?sectionId=%00', '/sectionId'],
  ['/bookings?userId=1', '/userId'],
  [`/sections/${uuid}/seats?limit=0`, '/limit'],
  [`/sections/${uuid}/seats?status=expired`, '/status'],
  [`/sections/${uuid}/seats?row=A`, '/row'],
  ['/sections/1/seats', '/id'],
  ['/events/1/stats', '/id'],
  ['/users/1', '/id'],
  ['/bookings/1', '/id'],
  ['/bookings/', '/id'],
  ['/bookings/%00', '/id'],
  [`/bookings/urn:uuid:${uuid}`, '/id'],
  [`/bookings/${uuid}%0a`, '/id'],
  [`/bookings/${uuid}0`, '/id'],
  [`/events/{${uuid}}`, '/id'],
  ['/events/%F0%9F%8E%B7', '/id'],
  [`/events/${'a'.repeat(100)}`, '/id'],
  [`/events/${'a'.repeat(101)}`, 'url'],
  ['/events/%zz', 'url'],
  ['/bookings/%E0%A4%A', 'url'],
  ['/%', 'url'],
  [`/problems/${'a'.repeat(41)}`, '/code'],
];

type Body = NonNullable<RequestInit['body']>;
const valid = JSON.stringify({ sectionId: uuid, quantity: 1 });
const bytes = (...values: number[]) => new Uint8Array(values);
const badBodies: readonly [string, number, string, Record<string, string>, Body | undefined][] = [
  ['no body and no content type', 400, '/', {}, undefined],
  ['no body', 400, '/', json, undefined],
  ['an empty body', 400, '/', json, ''],
  ['white space', 400, '/', json, ' \n'],
  ['half a body', 400, '/', json, '{"sectionId":'],
  ['a trailing comma', 400, '/', json, '{"quantity":1,}'],
  ['single quotes', 400, '/', json, "{'quantity':1}"],
  ['NaN', 400, '/', json, '{"quantity":NaN}'],
  ['two bodies', 400, '/', json, `${valid}${valid}`],
  ['a NUL', 400, '/', json, bytes(0)],
  ['bytes that are no text', 400, '/', json, bytes(0x7b, 0xff, 0xfe, 0x7d)],
  ['a __proto__', 400, '/', json, '{"__proto__":{"quantity":1}}'],
  ['a __proto__ deep down', 400, '/', json, '{"quantity":{"__proto__":1}}'],
  ['a prototype', 400, '/', json, '{"constructor":{"prototype":{"quantity":1}}}'],
  ['a number that is infinite', 400, '/quantity', json, valid.replace(':1}', ':1e999}')],
  [
    'thousands of levels',
    400,
    '/quantity',
    json,
    `{"quantity":${'['.repeat(8e3)}${']'.repeat(8e3)}}`,
  ],
  ['plain text', 415, 'content-type', { 'content-type': 'text/plain' }, valid],
  ['a form', 415, 'content-type', {}, new URLSearchParams({ sectionId: uuid, quantity: '1' })],
  ['a multipart form', 415, 'content-type', {}, new FormData()],
  ['XML', 415, 'content-type', { 'content-type': 'application/xml' }, '<booking/>'],
  ['a content type that is none', 415, 'content-type', { 'content-type': 'json' }, valid],
  ['no content type', 415, 'content-type', {}, new TextEncoder().encode(valid)],
  ['a body over 16 KiB', 413, '/', json, valid + ' '.repeat(16_385 - valid.length)],
];

const noRoutes = [
  ['GET', '/nothing'],
  ['GET', `/nothing/${'a'.repeat(8_000)}`],
  ['GET', '/events//'],
  ['PATCH', '/bookings'],
  ['DELETE', '/events'],
  ['PUT', `/events/${uuid}`],
  ['POST', `/events/${uuid}`],
  ['GET', `/sections/${uuid}`],
  ['DELETE', `/users/${uuid}`],
  ['PATCH', `/bookings/${uuid}`],
  ['OPTIONS', '/events'],
  ['PROPFIND', '/events'],
  ['POST', '/bench/validate-only'],
  ['GET', '/problems/__proto__'],
] as const;

describe.each(engines)('a request that makes no sense, with lanes on $name', (engine) => {
  let stack: TestStack;
  let before: Written;
  beforeAll(async () => {
    stack = await startStack(engine, { withWorker: false });
  });
  beforeEach(async () => {
    before = await stack.countWritten();
  });
  afterEach(async () => {
    expect(await stack.countWritten()).toEqual(before);
  });
  afterAll(() => stack.stop());

  async function expectProblem(path: string, request: RequestInit, expected: number) {
    const { status, headers, body } = await stack.http.send(path, request);
    expect(status).toBe(expected);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(body).toMatchObject({ status, instance: expect.stringMatching(/^\w+-\w+$/) });
    return body;
  }

  test.each(badAddresses)('is told what: GET %s names %s', async (path, named) => {
    const { errors = [] } = await expectProblem(path, {}, 400);
    expect(new Set(errors.map(({ path }) => path))).toEqual(new Set([named]));
  });

  test.each([
    'wait=31',
    'wait=-1',
    'wait=1.5',
    'wait=abc',
    'wait=Infinity',
    'wait=',
    'wait=1&wait=2',
  ])('books nothing and names the wish: ?%s', async (query) => {
    const request = { method: 'POST', headers: json, body: valid };
    const { errors } = await expectProblem(`/bookings?${query}`, request, 400);
    expect(errors?.map(({ path }) => path)).toEqual(['/wait']);
  });

  test.each(badBodies)('books nothing: a body that is %s', async (_what, status, ...rest) => {
    const [named, headers, body] = rest;
    const request = { method: 'POST', headers, ...(body === undefined ? {} : { body }) };
    const { errors } = await expectProblem('/bookings', request, status);
    expect(errors?.map(({ path }) => path)).toContain(named);
  });

  test('creates no event: a body over 256 KiB', async () => {
    const request = { method: 'POST', headers: json, body: ' '.repeat(262_145) };
    const { errors } = await expectProblem('/events', request, 413);
    expect(errors).toEqual([{ path: '/', message: 'too large' }]);
  });

  test.each(noRoutes)('is a 404: %s %s', async (method, path) => {
    expect((await expectProblem(path, { method }, 404)).type).toBe('/problems/not-found');
  });
});
