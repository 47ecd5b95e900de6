import { engines } from '@stile/testing';
import { describe, expect, test } from 'vitest';
import { startPipeline, type TestPipeline } from './pipeline.test-fixture.js';

const requests = 500;

describe.each(engines)('on $name', (engine) => {
  test('500 parallel requests with one key make one booking, and all of them name it', async () => {
    const pipeline = await startPipeline(engine);
    try {
      const { bookings, named } = await askWithOneKey(pipeline);
      expect(bookings).toBe(1);
      expect(named.size).toBe(1);
    } finally {
      await pipeline.stop();
    }
  });

  test('without the claim of the key they make many (negative control)', async () => {
    const pipeline = await startPipeline(engine, { claimsKeys: false });
    try {
      const { bookings } = await askWithOneKey(pipeline);
      expect(bookings).toBeGreaterThan(1);
    } finally {
      await pipeline.stop();
    }
  });
});

async function askWithOneKey(
  pipeline: TestPipeline,
): Promise<{ bookings: number; named: Set<string> }> {
  const { id, lane } = await pipeline.addSection({
    capacity: requests,
    maxPerUser: null,
    holdSeconds: 60,
  });
  const idempotency = { caller: 'somebody', key: 'the key', fingerprint: 'the request' };
  const answers = await Promise.all(
    Array.from({ length: requests }, () =>
      pipeline.intake.submit(
        lane,
        { kind: 'book', sectionId: id, quantity: 1 },
        { waitMs: 30_000, idempotency },
      ),
    ),
  );
  const named = new Set(
    answers.map((answer) => (answer.kind === 'claimed' ? answer.earlier.bookingId : answer.id)),
  );
  const rows = await pipeline.query<{ id: string }>(
    'SELECT id FROM bookings WHERE section_id = $1',
    [id],
  );
  return { bookings: rows.length, named };
}
