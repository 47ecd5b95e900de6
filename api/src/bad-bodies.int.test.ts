import { engines } from '@stile/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Answer, ProblemBody } from './http-client.test-fixture.js';
import { startStack, type TestStack, type Written } from './stack.test-fixture.js';

/** What is wrong, the fields to change, and the fields that the answer names. */
type Row = readonly [what: string, fields: object, paths: readonly string[]];

const uuid = '018f0000-0000-7000-8000-000000000001';
const wrongTypes: readonly [string, unknown][] = [
  ['null', null],
  ['true', true],
  ['an empty string', ''],
  ['a list', [1]],
  ['an object', { a: 1 }],
];
const notCounts: readonly [string, unknown][] = [
  ...wrongTypes,
  ['a number as a string', '1'],
  ['zero', 0],
  ['a negative number', -1],
  ['a fraction', 1.5],
  ['one above the largest', 1_000_001],
  ['a number beyond every integer', 1e300],
];
const not = (path: string, values: readonly [string, unknown][], fields: (v: unknown) => object) =>
  values.map(([what, value]): Row => [`${path} is ${what}`, fields(value), [path]]);
const without = (name: string): Row => [`${name} is missing`, { [name]: undefined }, [`/${name}`]];

const badBookings: readonly Row[] = [
  without('quantity'),
  without('sectionId'),
  ...not('/quantity', notCounts, (quantity) => ({ quantity })),
  ...not('/sectionId', wrongTypes, (sectionId) => ({ sectionId })),
  ...not('/userId', [...wrongTypes, ['a number', 1]], (userId) => ({ userId })),
  ...not(
    '/hold',
    [
      ['null', null],
      ['a word', 'yes'],
      ['a number', 1],
    ],
    (hold) => ({ hold }),
  ),
  ...not(
    '/seats',
    [
      ['null', null],
      ['a label', 'A-1'],
      ['empty', []],
    ],
    (seats) => ({
      ...{ quantity: undefined, seats },
    }),
  ),
  ['seats are named twice', { quantity: undefined, seats: ['A-1', 'A-1'] }, ['/seats']],
  ['seats and a quantity are given', { quantity: 1, seats: ['A-1'] }, ['/seats']],
  ['a seat is no label', { quantity: undefined, seats: ['A-1', 'A 2'] }, ['/seats/1']],
  ['a seat has leading zeros', { quantity: undefined, seats: ['A-01'] }, ['/seats/0']],
  ...not(
    '/sectionId',
    [
      ['a number', 1],
      ['a word', 'floor'],
      ['a URN', `urn:uuid:${uuid}`],
      ['in braces', `{${uuid}}`],
      ['without dashes', uuid.replaceAll('-', '')],
      ['followed by a line break', `${uuid}\n`],
      ['in a list', [uuid]],
      ['with a NUL', `${uuid.slice(0, -1)}\0`],
      ['SQL', "' OR 1=1; --"],
    ],
    (sectionId) => ({ sectionId }),
  ),
  ['a field is unknown', { price: 1 }, ['/price']],
  ['an unknown field has an odd name', { 'a/b~c': 1, '': 1 }, ['/a~1b~0c', '/']],
  ['two fields are wrong', { quantity: 0, sectionId: 'x' }, ['/quantity', '/sectionId']],
];

const section = { name: 'Floor', price: 2_500, capacity: 5 };
const sections = (fields: object) => ({ sections: [{ ...section, ...fields }] });
const rows = [{ row: 'A', seats: 5 }];
const reserved = (of: readonly unknown[], capacity?: number) =>
  sections({ seating: 'reserved', rows: of, capacity });
const notNames: readonly [string, unknown][] = [
  ...wrongTypes,
  ['a number', 1],
  ['too long', 'x'.repeat(201)],
  ['with a NUL', 'a\0b'],
  ['half a surrogate pair', 'a\ud800b'],
  ['the other half', '\udfff'],
];
const notTimes: readonly [string, unknown][] = [
  ...wrongTypes,
  ['a number', 1_700_000_000],
  ['a word', 'tomorrow'],
  ['a day', '2030-01-01'],
  ['without an offset', '2030-01-01T00:00:00'],
  ['in a month that no year has', '2030-13-01T00:00:00Z'],
  ['a day that its month has not', '2030-02-30T00:00:00Z'],
  ['a leap second', '2016-12-31T23:59:60Z'],
  ['in the year 0', '0000-06-01T00:00:00Z'],
  ['before 1970 in UTC', '1970-01-01T00:00:00+01:00'],
  ['in the year 10000 of UTC', '9999-12-31T23:59:59-01:00'],
];

const notAddresses: readonly [string, unknown][] = [
  ...wrongTypes,
  ['a number', 1],
  ['a word', 'ada'],
  ['two', 'a@b.org, c@d.org'],
  ['without a domain', 'ada@'],
  ['with a line break', 'ada@example.org\n'],
  ['too long', `${'a'.repeat(60)}@${'b'.repeat(60)}.${`${'c'.repeat(60)}.`.repeat(3)}org`],
];
const badUsers: readonly Row[] = [
  without('name'),
  without('email'),
  ...not('/name', notNames, (name) => ({ name })),
  ...not('/email', notAddresses, (email) => ({ email })),
  ['a field is unknown', { id: uuid }, ['/id']],
];
const badEventChanges: readonly Row[] = [
  ['nothing is named', {}, ['/']],
  ['a field is unknown', { currency: 'CHF' }, ['/currency']],
  ...not('/name', notNames, (name) => ({ name })),
  ...not('/kind', wrongTypes.slice(1), (kind) => ({ kind })),
  ...['startsAt', 'salesOpenAt', 'salesCloseAt'].flatMap((name) =>
    not(`/${name}`, notTimes.slice(1), (time) => ({ [name]: time })),
  ),
];
const badSectionChanges: readonly Row[] = [
  ['nothing is named', {}, ['/']],
  ['a field is unknown', { remaining: 1 }, ['/remaining']],
  ['the name would change', { name: 'Floor' }, ['/name']],
  ...['capacity', 'holdSeconds'].flatMap((name) =>
    not(`/${name}`, notCounts, (count) => ({ [name]: count })),
  ),
  ...['maxPerBooking', 'maxPerUser'].flatMap((name) =>
    not(`/${name}`, notCounts.slice(1), (limit) => ({ [name]: limit })),
  ),
  ...not('/price', [...wrongTypes, ['negative', -1]], (price) => ({ price })),
];
const badUserChanges: readonly Row[] = [
  ['nothing is named', {}, ['/']],
  ['a field is unknown', { id: uuid }, ['/id']],
  ...not('/name', notNames, (name) => ({ name })),
  ...not('/email', notAddresses, (email) => ({ email })),
];

const badEvents: readonly Row[] = [
  without('name'),
  without('sections'),
  ...not('/name', notNames, (name) => ({ name })),
  ...not(
    '/kind',
    [
      ...wrongTypes,
      ['a number', 5],
      ['in capitals', 'Concert'],
      ['two words', 'rock concert'],
      ['33 letters', 'k'.repeat(33)],
    ],
    (kind) => ({ kind }),
  ),
  ...not(
    '/currency',
    [...wrongTypes, ['in small letters', 'eur'], ['a sign', '€'], ['four letters', 'EURO']],
    (currency) => ({ currency }),
  ),
  ...not('/startsAt', notTimes, (startsAt) => ({ startsAt })),
  ...not(
    '/sections',
    [
      ['null', null],
      ['a string', 'Floor'],
      ['an object', section],
      ['empty', []],
      ['too many', Array.from({ length: 501 }, (_, n) => ({ ...section, name: `${n}` }))],
    ],
    (list) => ({ sections: list }),
  ),
  ...not('/sections/0', wrongTypes.slice(0, 4), (one) => ({ sections: [one] })),
  ...not('/sections/0/name', notNames, (name) => sections({ name })),
  ...not('/sections/0/capacity', notCounts, (capacity) => sections({ capacity })),
  ...not(
    '/sections/0/price',
    [
      ...wrongTypes,
      ['a number as a string', '2500'],
      ['a negative number', -1],
      ['a fraction', 0.5],
      ['one above the largest', 1_000_000_001],
    ],
    (price) => sections({ price }),
  ),
  ...not('/salesOpenAt', notTimes, (salesOpenAt) => ({ salesOpenAt })),
  ...not('/salesCloseAt', notTimes, (salesCloseAt) => ({ salesCloseAt })),
  [
    'sales close when they open',
    { salesOpenAt: '2030-01-01T00:00:00Z', salesCloseAt: '2030-01-01T01:00:00+01:00' },
    ['/salesCloseAt'],
  ],
  ...['maxPerBooking', 'maxPerUser'].flatMap((name) =>
    not(`/sections/0/${name}`, notCounts, (limit) => sections({ [name]: limit })),
  ),
  ...not('/sections/0/holdSeconds', [...notCounts, ['more than a day', 86_401]], (holdSeconds) =>
    sections({ holdSeconds }),
  ),
  ...not('/sections/0/seating', [...wrongTypes, ['an unknown word', 'numbered']], (seating) =>
    sections({ seating }),
  ),
  [
    'a general section has no capacity',
    sections({ capacity: undefined }),
    ['/sections/0/capacity'],
  ],
  [
    'a reserved section has neither capacity nor rows',
    sections({ seating: 'reserved', capacity: undefined }),
    ['/sections/0/capacity'],
  ],
  ['a general section has rows', sections({ rows }), ['/sections/0/rows']],
  ['rows have not the capacity', reserved(rows, 6), ['/sections/0/capacity']],
  ['there are no rows', reserved([]), ['/sections/0/rows']],
  ['a row is no object', reserved(['A']), ['/sections/0/rows/0']],
  ['two rows have one name', reserved([...rows, ...rows]), ['/sections/0/rows/1']],
  ['a row has an unknown field', reserved([{ ...rows[0], x: 1 }]), ['/sections/0/rows/0/x']],
  [
    'rows have more seats than there can be',
    reserved(Array.from({ length: 1_001 }, (_, n) => ({ row: `${n}`, seats: 1_000 }))),
    ['/sections/0'],
  ],
  ...not(
    '/sections/0/rows/0/row',
    [...wrongTypes, ['with a space', 'A B'], ['too long', 'A'.repeat(11)], ['with a line', 'A\n']],
    (row) => reserved([{ row, seats: 5 }]),
  ),
  ...not('/sections/0/rows/0/seats', [...notCounts, ['too many', 1_001]], (seats) =>
    reserved([{ row: 'A', seats }]),
  ),
  [
    'sections have more numbered seats together than there can be',
    {
      sections: [1_000_000, 1].map((capacity, n) => ({
        ...section,
        ...{ name: `${n}`, seating: 'reserved', capacity },
      })),
    },
    ['/sections/1'],
  ],
  ['a section has no price', sections({ price: undefined }), ['/sections/0/price']],
  ['a section has an unknown field', sections({ remaining: 9 }), ['/sections/0/remaining']],
  ['a field is unknown', { soldOut: true }, ['/soldOut']],
  [
    'two sections have the same name',
    { sections: [section, { ...section, name: 'Balcony' }, section] },
    ['/sections/2/name'],
  ],
];

describe.each(engines)('a body that is not valid, with lanes on $name', (engine) => {
  let stack: TestStack;
  let sectionId: string;
  let before: Written;
  beforeAll(async () => {
    stack = await startStack(engine, { withWorker: false });
    sectionId = (await stack.http.createSection(5)).id;
  });
  beforeEach(async () => {
    before = await stack.countWritten();
  });
  afterEach(async () => {
    expect(await stack.countWritten()).toEqual(before);
  });
  afterAll(() => stack.stop());

  async function expectRefused(path: string, body: object, paths: readonly string[]) {
    await expectProblem(await stack.http.post(path, body), paths);
  }

  async function expectProblem(answer: Answer<ProblemBody>, paths: readonly string[]) {
    const { status, headers, body: problem } = answer;
    expect(status).toBe(400);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(problem.type).toBe('/problems/validation');
    expect([...new Set(problem.errors?.map(({ path }) => path))].sort()).toEqual([...paths].sort());
  }

  test.each(badBookings)('books nothing: %s', (_what, fields, paths) =>
    expectRefused('/bookings?wait=1', { sectionId, quantity: 1, ...fields }, paths),
  );

  test.each(badEvents)('creates no event: %s', (_what, fields, paths) =>
    expectRefused('/events', { name: 'A concert', sections: [section], ...fields }, paths),
  );

  test.each(badUsers)('creates no user: %s', (_what, fields, paths) =>
    expectRefused('/users', { name: 'Ada', email: 'ada@example.org', ...fields }, paths),
  );

  test.each(badEventChanges)('changes no event: %s', async (_what, fields, paths) =>
    expectProblem(await stack.http.patch(`/events/${uuid}`, fields), paths),
  );

  test.each(badSectionChanges)('changes no section: %s', async (_what, fields, paths) =>
    expectProblem(await stack.http.patch(`/sections/${sectionId}`, fields), paths),
  );

  test.each(badUserChanges)('changes no user: %s', async (_what, fields, paths) =>
    expectProblem(await stack.http.patch(`/users/${uuid}`, fields), paths),
  );

  test.each<[unknown]>([[[]], ['text'], [1], [true], [null], [[{ sectionId: uuid }]]])(
    'books nothing and creates nothing when it is no object: %j',
    async (body) => {
      for (const path of ['/bookings', '/events', '/users']) {
        const { status, body: problem } = await stack.http.post(path, body);
        expect(status).toBe(400);
        expect(problem.errors).toEqual([{ path: '/', message: 'must be object' }]);
      }
    },
  );

  test('with thousands of faults is told the first 20', async () => {
    const fields = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`f${n}`, n]));
    const { status, body } = await stack.http.post('/bookings', fields);
    expect(status).toBe(400);
    expect(body.errors).toHaveLength(20);
  });
});
