import { orphans, rowsForCapacity, SeatMap, SeatPlan } from '@stile/core';
import { engines } from '@stile/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { IntakeAnswer } from './intake.js';
import { startPipeline, type TestPipeline } from './pipeline.test-fixture.js';

const capacity = 5_000;
const buyers = 2_000;
const waitMs = 30_000;

describe.each(engines)('on $name', (engine) => {
  let pipeline: TestPipeline;
  beforeAll(async () => {
    pipeline = await startPipeline(engine);
  });
  afterAll(() => pipeline.stop());

  test('2,000 buyers of 1 to 6 seats in a hall of 5,000 get no seat twice and leave few orphans', async () => {
    const rows = rowsForCapacity(capacity);
    const section = await pipeline.addSection({
      capacity,
      maxPerUser: null,
      holdSeconds: 60,
      rows,
    });
    const answers = await Promise.all(
      Array.from({ length: buyers }, (_, buyer) =>
        pipeline.intake.submit(
          section.lane,
          { kind: 'book', sectionId: section.id, quantity: (buyer % 6) + 1 },
          { waitMs },
        ),
      ),
    );

    const sold = answers.map(seatsOf).filter((seats) => seats.length > 0);
    const labels = sold.flat();
    expect(new Set(labels).size).toBe(labels.length);
    answers.forEach((answer, buyer) => {
      expect([0, (buyer % 6) + 1]).toContain(seatsOf(answer).length);
    });
    const stored = await pipeline.query<{ label: string }>(
      'SELECT label FROM seats WHERE section_id = $1',
      [section.id],
    );
    expect(stored.map((seat) => seat.label).sort()).toEqual(labels.sort());

    const plan = new SeatPlan(rows);
    const map = new SeatMap(
      plan,
      labels.map((label) => plan.positionOf(label) ?? -1),
    );
    const left = orphans(map);
    console.log(
      `${labels.length} of ${capacity} seats sold, ${left} orphans among ${map.free} free`,
    );
    // Demand is above the hall's capacity: what is left could not seat the party asked for.
    expect(map.free).toBeLessThan(6);
    expect(left).toBeLessThan(6);
  });
});

const seatsOf = (answer: IntakeAnswer): readonly string[] =>
  answer.kind === 'decided' && answer.outcome.kind === 'booked' ? (answer.outcome.seats ?? []) : [];
