import { expect, test } from 'vitest';
import { faultKinds } from './fault.js';
import { type PlanOptions, planFaults } from './strike-faults.js';

const options: PlanOptions = {
  seed: 7,
  engine: 'redis',
  kinds: faultKinds,
  gapMs: [5_000, 15_000],
};
/** Every kind once, and the death of a worker three times more. */
const roundLength = faultKinds.length + 3;

function planned(given: Partial<PlanOptions>, count: number) {
  const plan = planFaults({ ...options, ...given });
  return Array.from({ length: count }, () => {
    const { kind, afterMs, random } = plan.next().value;
    return { kind, afterMs, draw: random.between(0, 1_000_000) };
  });
}

test('a seed repeats its faults, their times and what each of them draws', () => {
  expect(planned({}, 50)).toEqual(planned({}, 50));
  expect(planned({}, 50)).not.toEqual(planned({ seed: 8 }, 50));
});

test('every kind comes once in a round, and the death of a worker four times', () => {
  const round = planned({}, roundLength).map(({ kind }) => kind);
  expect(new Set(round)).toEqual(new Set(faultKinds));
  expect(round.filter((kind) => kind === 'worker-killed')).toHaveLength(4);
});

test('faults of Redis do not strike where there is none', () => {
  const kinds = planned({ engine: 'postgres' }, 50).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind.startsWith('redis'))).toEqual([]);
});
