import { engines } from '@stile/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer, EventBody, ProblemBody } from './http-client.test-fixture.js';
import { startStack, type TestStack } from './stack.test-fixture.js';

const numRuns = 400;

/** Any UTF-16 there is: NUL, halves of surrogate pairs, private and unassigned characters. */
const anyText = fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) });
const anyValue = fc.oneof(fc.jsonValue(), anyText, fc.double(), fc.constantFrom(1e300, -0, '', {}));
/** Usually a value that is right, now and then any other. */
const mostly = <T>(right: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 15, arbitrary: right }, { weight: 1, arbitrary: anyValue });
const text = (maxLength: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 9, arbitrary: fc.string({ minLength: 1, maxLength, unit: 'grapheme' }) },
    { weight: 1, arbitrary: anyText },
  );
/** An object of these fields; at times some lack, or others come with them. */
const fields = (shape: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.record(shape) },
    { weight: 2, arbitrary: fc.record(shape, { requiredKeys: [] }) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.record(shape), fc.dictionary(anyText, anyValue))
        .map(([right, more]) => ({ ...right, ...more })),
    },
    { weight: 1, arbitrary: anyValue },
  );

const instants = fc.oneof(
  fc
    .date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc
    .tuple(
      fc.integer({ min: 1_900, max: 9_999 }),
      fc.nat(13),
      fc.nat(32),
      fc.nat(24),
      fc.integer({ min: -24, max: 24 }),
    )
    .map(([year, month, day, hour, offset]) => {
      const two = (n: number) => String(Math.abs(n)).padStart(2, '0');
      const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
      return `${date}T${two(hour)}:00:00${offset < 0 ? '-' : '+'}${two(offset)}:59`;
    }),
);
const events = fields({
  name: mostly(text(201)),
  kind: mostly(fc.constantFrom('concert', 'movie')),
  currency: mostly(fc.constantFrom('EUR', 'JPY')),
  startsAt: mostly(instants),
  sections: mostly(
    fc.array(
      fields({
        name: mostly(text(20)),
        price: mostly(fc.nat(1_000_000_001)),
        capacity: mostly(fc.nat(1_000_001)),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  ),
});

describe.each(engines)('whatever is sent, with lanes on $name', (engine) => {
  let stack: TestStack;
  let sectionId: string;
  beforeAll(async () => {
    stack = await startStack(engine);
    sectionId = (await stack.http.createSection(1_000)).id;
  });
  afterAll(() => stack.stop());

  /** It is what the contract has for a request that was taken, or a problem of the client's. */
  function expectContract({ status, headers, body }: Answer<ProblemBody>, taken: number[]): void {
    if (taken.includes(status)) return;
    expect([400, 404, 409, 413]).toContain(status);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(body.status).toBe(status);
  }

  test('as a booking, is booked or refused as the client’s fault', async () => {
    const booking = fields({
      sectionId: mostly(fc.oneof(fc.constant(sectionId), fc.uuid())),
      quantity: mostly(fc.integer({ min: 1, max: 2_000_000 })),
    });
    const prefer = fc.oneof(
      fc.constantFrom('wait=1', 'wait=0', ''),
      fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((c) => String.fromCharCode(c)) }),
    );
    await fc.assert(
      fc.asyncProperty(booking, prefer, async (body, wish) => {
        const answer = await stack.http.post('/bookings', body, { prefer: wish });
        expectContract(answer, [201, 202]);
      }),
      { numRuns },
    );
  });

  test('as an event, is kept as it was sent or refused as the client’s fault', async () => {
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(events, async (body) => {
        const answer = await stack.http.post<ProblemBody & EventBody>('/events', body);
        expectContract(answer, [201]);
        if (answer.status !== 201) return;
        kept++;
        const read = await stack.http.get<EventBody>(`/events/${answer.body.id}`);
        expect(read.body).toEqual(answer.body);
        const { name, startsAt, sections } = body as EventBody;
        expect(read.body.name).toBe(name);
        expect(read.body.startsAt).toBe(startsAt && new Date(startsAt).toISOString());
        expect(read.body.sections).toMatchObject(sections.map(({ name }) => ({ name })));
      }),
      { numRuns },
    );
    expect(kept).toBeGreaterThan(0);
  });

  test('as bytes, is refused as the client’s fault', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 100 }),
      fc.string({ unit: fc.constantFrom(...'{}[]",:\\u0019-.eE+ntf ') }),
    );
    const headers = { 'content-type': 'application/json' };
    await fc.assert(
      fc.asyncProperty(bytes, fc.constantFrom('/bookings', '/events'), async (body, path) => {
        expectContract(await stack.http.send(path, { method: 'POST', headers, body }), []);
      }),
      { numRuns },
    );
  });

  test('as an address, is answered or refused as the client’s fault', async () => {
    const paths = fc.constantFrom('/events', '/bookings', '/events/', '/bookings/', '/problems/');
    const names = fc.constantFrom('limit', 'cursor', 'kind', 'from', 'to', 'status', 'eventId');
    const values = fc.oneof(fc.string(), instants, fc.double().map(String), fc.uuid());
    const query = fc.oneof(
      fc.webQueryParameters(),
      fc
        .array(fc.tuple(names, values), { maxLength: 3 })
        .map((pairs) => `${new URLSearchParams(pairs)}`),
    );
    await fc.assert(
      fc.asyncProperty(paths, fc.webSegment(), query, async (path, segment, parameters) => {
        const address = path.endsWith('/') ? path + segment : path;
        expectContract(await stack.http.get(`${address}?${parameters}`), [200]);
      }),
      { numRuns },
    );
  });
});
