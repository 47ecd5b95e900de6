import { auditDatabase } from '@stile/audit';
import { engines } from '@stile/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { IntakeAnswer } from './intake.js';
import { startPipeline, type TestPipeline } from './pipeline.test-fixture.js';
import { type Expected, type Operation, SectionModel } from './section-model.test-fixture.js';

/** Waves of operations for one section: a wave is submitted whole before any of it is decided. */
interface Script {
  readonly capacity: number;
  readonly maxPerUser: number;
  readonly waves: readonly (readonly Operation[])[];
  /** Quantities of holds that nobody confirms. */
  readonly lastHolds: readonly number[];
}

const users = 3;
const sectionsAtOnce = 150;
const runs = 10;
const waitMs = 30_000;
const index = fc.nat({ max: 20 });
const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('book' as const),
      quantity: fc.integer({ min: 1, max: 4 }),
      hold: fc.boolean(),
      user: fc.nat({ max: users - 1 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('confirm' as const), booking: index }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cancel' as const), booking: index }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('retry' as const), booking: index }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('resize' as const),
      capacity: fc.integer({ min: 1, max: 20 }),
    }),
  },
);
const script: fc.Arbitrary<Script> = fc.record({
  capacity: fc.integer({ min: 1, max: 20 }),
  maxPerUser: fc.integer({ min: 2, max: 10 }),
  waves: fc.array(fc.array(operation, { minLength: 1, maxLength: 8 }), { maxLength: 6 }),
  lastHolds: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 }),
});

describe.each(engines)('on $name', (engine) => {
  let pipeline: TestPipeline;
  let userIds: string[];
  beforeAll(async () => {
    pipeline = await startPipeline(engine);
    userIds = await Promise.all(Array.from({ length: users }, () => pipeline.addUser()));
  });
  afterAll(() => pipeline.stop());

  test('whatever is asked in whatever batches, everybody is told what a plain model says', async () => {
    const scripts = fc.array(script, { minLength: sectionsAtOnce, maxLength: sectionsAtOnce });
    const property = fc.asyncProperty(scripts, async (all) => {
      await Promise.all(all.map((one) => play(pipeline, userIds, one)));
    });
    await fc.assert(property, { numRuns: runs, endOnFailure: true });
    const report = await auditDatabase(pipeline.databaseUrl);
    expect(report).toMatchObject({ kind: 'clean', sections: sectionsAtOnce * runs });
  }, 240_000);
});

async function play(pipeline: TestPipeline, userIds: string[], one: Script): Promise<void> {
  const { capacity, maxPerUser } = one;
  const section = await pipeline.addSection({ capacity, maxPerUser, holdSeconds: 3_600 });
  const model = new SectionModel(capacity, maxPerUser);
  const run = new Run(pipeline, userIds, section, model);
  for (const wave of one.waves) await run.wave(wave);

  await run.shortenHolds();
  const before = model.bookings.length;
  await run.wave(
    one.lastHolds.map((quantity) => ({ kind: 'book', quantity, hold: true, user: 0 })),
  );
  await run.expire(before);
  const rest = { kind: 'book', quantity: Math.max(1, model.remaining), hold: false } as const;
  await run.wave([{ ...rest, user: 1 }]);
  const [row] = await pipeline.query<{ remaining: number }>(
    'SELECT remaining FROM sections WHERE id = $1',
    [section.id],
  );
  expect(row?.remaining).toBe(model.remaining);
}

class Run {
  readonly #pipeline: TestPipeline;
  readonly #userIds: readonly string[];
  readonly #section: { readonly id: string; readonly lane: number };
  readonly #model: SectionModel;

  constructor(
    pipeline: TestPipeline,
    userIds: readonly string[],
    section: { readonly id: string; readonly lane: number },
    model: SectionModel,
  ) {
    this.#pipeline = pipeline;
    this.#userIds = userIds;
    this.#section = section;
    this.#model = model;
  }

  /** Submits the operations one after the other without waiting, and compares what comes back. */
  async wave(operations: readonly Operation[]): Promise<void> {
    const pending = operations.map((operation) => {
      const named = this.#model.bookings.filter((booking) => booking.id !== undefined);
      const target =
        'booking' in operation ? named[operation.booking % Math.max(1, named.length)] : undefined;
      const made = this.#model.bookings.length;
      const expected = this.#model.apply(operation);
      const answer = expected === 'nothing' ? undefined : this.#submit(operation, target?.id, made);
      return { operation, expected, target, made, answer };
    });
    const settled = await Promise.all(
      pending.map(async (one) => ({ ...one, told: await one.answer })),
    );
    for (const { operation, expected, target, made, told } of settled) {
      if (told === undefined) continue;
      expect(told.kind === 'claimed' ? 'same-booking' : outcomeOf(told)).toBe(expected);
      if (told.kind === 'claimed') expect(told.earlier.bookingId).toBe(target?.id);
      const booking = this.#model.bookings[made];
      if (operation.kind === 'book' && told.kind === 'decided' && booking) booking.id = told.id;
    }
  }

  /** From now on holds last a second. */
  async shortenHolds(): Promise<void> {
    const { id, lane } = this.#section;
    const command = { kind: 'change', sectionId: id, terms: { holdSeconds: 1 } } as const;
    expect(await this.#pipeline.intake.outcomeOf(lane, command, { waitMs })).toEqual({
      kind: 'done',
    });
  }

  /** Waits until the holds made since have ended by themselves. */
  async expire(since: number): Promise<void> {
    const held = this.#model.bookings.slice(since).filter(({ status }) => status === 'held');
    const ids = held.map(({ id }) => id);
    await vi.waitFor(
      async () => {
        const rows = await this.#pipeline.query<{ status: string }>(
          'SELECT DISTINCT status FROM bookings WHERE id = ANY($1::uuid[])',
          [ids],
        );
        expect(rows.map((row) => row.status)).toEqual(ids.length === 0 ? [] : ['expired']);
      },
      { timeout: 10_000, interval: 100 },
    );
    for (const booking of held) booking.status = 'expired';
  }

  #submit(operation: Operation, bookingId = '', made = 0): Promise<IntakeAnswer> {
    const { intake } = this.#pipeline;
    const { id: sectionId, lane } = this.#section;
    const retried = this.#model.bookings.find((booking) => booking.id === bookingId);
    switch (operation.kind) {
      case 'resize': {
        const terms = { capacity: operation.capacity };
        return intake.submit(lane, { kind: 'change', sectionId, terms }, { waitMs });
      }
      case 'confirm':
      case 'cancel':
        return intake.submit(lane, { kind: operation.kind, sectionId, bookingId }, { waitMs });
      default: {
        const book = operation.kind === 'retry' ? retried?.operation : operation;
        const { quantity = 1, hold = false, user = 0 } = book ?? {};
        const key = `${sectionId} ${operation.kind === 'retry' ? retried?.key : this.#model.bookings[made]?.key}`;
        const idempotency = { caller: 'model', key, fingerprint: 'the same' };
        const userId = this.#userIds[user] ?? '';
        return intake.submit(
          lane,
          { kind: 'book', sectionId, quantity, hold, userId },
          { waitMs, idempotency },
        );
      }
    }
  }
}

function outcomeOf(answer: IntakeAnswer): Expected | string {
  if (answer.kind !== 'decided') return answer.kind;
  return answer.outcome.kind === 'booked' ? answer.outcome.status : answer.outcome.kind;
}
