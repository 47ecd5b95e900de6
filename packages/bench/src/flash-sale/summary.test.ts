import { bookingIdOf, jobIdFrom } from '@stile/core';
import { describe, expect, it } from 'vitest';
import type { ToldStatus } from './buyer.js';
import type { Evidence, RecordedDecision } from './evidence.js';
import { findingsOf, holds } from './findings.js';
import { type SummaryInput, summarize } from './summary.js';

const jobId = jobIdFrom({ timeMs: 1, lane: 0, processNumber: 0, counter: 0 });
const bookingId = (sequence: number): string => bookingIdOf(jobId, sequence);

const decision = (sequence: number, outcome: ToldStatus): RecordedDecision => ({
  sequence,
  bookingId: bookingId(sequence),
  quantity: 2,
  outcome,
  bookingStatus: outcome,
  acceptedAtUs: 1_000 + sequence,
});

/** Five seats, three buyers of two: two of them get theirs, and one seat is left. */
const decisions = [decision(1, 'confirmed'), decision(2, 'confirmed'), decision(3, 'rejected')];
const evidence: Evidence = {
  source: 'a test',
  capacity: 5,
  remaining: 1,
  decisions,
  bookingCount: 3,
  acceptedAtPrecision: 'us',
};
const told = new Map<string, ToldStatus | 'queued'>([
  [bookingId(1), 'confirmed'],
  [bookingId(2), 'confirmed'],
  [bookingId(3), 'rejected'],
]);
const progress = {
  elapsedMs: 900,
  buyers: 3,
  answered: 3,
  confirmed: 2,
  rejected: 1,
  queued: 0,
  failed: 0,
  p50Ms: 1.25,
  p99Ms: 12.5,
  lastAnswerMs: 750,
  faults: new Map([['503 /problems/overloaded', 4]]),
};
const sale: SummaryInput = {
  ...{ seats: 5, buyers: 3, quantity: 2, told, progress, evidence },
  extra: [['engine', 'Redis']],
};

const broken = (change: Partial<SummaryInput>): string[] => {
  const input = { ...sale, ...change };
  return findingsOf(input, input.evidence)
    .filter((finding) => !holds(finding))
    .map(({ what }) => what);
};
const recorded = (change: Partial<Evidence>) => ({ evidence: { ...evidence, ...change } });
const changed = (index: number, change: Partial<RecordedDecision>) =>
  recorded({
    decisions: decisions.map((row, at) => (at === index ? { ...row, ...change } : row)),
  });

describe('the proof of a sale', () => {
  it('holds when everything is as it must be', () => {
    expect(broken({})).toEqual([]);
  });

  it.each([
    ['a seat nobody got', recorded({ remaining: 2 }), ['seats sold and left']],
    ['a buyer turned away from free seats', { seats: 6 }, ['seats sold']],
    ['more sold than there was', { seats: 3 }, ['seats sold', 'seats oversold']],
    ['a buyer without an answer', { buyers: 4 }, ['buyers answered']],
    [
      'an answer that only came to be queued',
      { told: new Map(told).set(bookingId(3), 'queued') },
      ['buyers answered'],
    ],
    ['a hole in the ledger', changed(2, { sequence: 4 }), ['gaps in the sequence']],
    ['a request decided early', changed(0, { acceptedAtUs: 9_999 }), ['decisions out of order']],
    [
      'a booking that says otherwise',
      changed(1, { bookingStatus: 'rejected' }),
      ['decisions and bookings that differ'],
    ],
    [
      'a booking that the ledger lacks',
      recorded({ bookingCount: 4 }),
      ['decisions and bookings that differ'],
    ],
    [
      'a client told otherwise',
      { told: new Map(told).set(bookingId(2), 'rejected') },
      ['answers unlike what is recorded'],
    ],
    [
      'a decision for nobody',
      recorded({ decisions: [...decisions, decision(4, 'rejected')], bookingCount: 4 }),
      ['decisions recorded'],
    ],
  ] as const)('fails on %s', (_name, change, what) => {
    expect(broken(change as Partial<SummaryInput>)).toEqual(what);
  });
});

describe('the summary of a sale', () => {
  it('shows what was sold, what went wrong on the way, and the verdict', () => {
    const { text, proved } = summarize(sale);
    expect(proved).toBe(true);
    expect(text.split('\n')).toEqual([
      '  sold         4 of 5 seats',
      '  rejected     1 of 3 buyers',
      '  oversold     0',
      '  order        exact (1 api process)',
      '  last answer  after 0.75 s, 4 answers/s',
      '  latency      p50 1.3 ms, p99 13 ms',
      '  faults       503 /problems/overloaded × 4',
      '  engine       Redis',
      '  read from    a test',
      'PROVED: 4 of 5 seats sold, every one of 3 buyers answered in turn, in 0.75 s.',
    ]);
  });

  it('names what failed', () => {
    const { text, proved } = summarize({ ...sale, ...changed(0, { acceptedAtUs: 9_999 }) });
    expect(proved).toBe(false);
    expect(text).toContain('broken 2 times, first at sequence 2');
    expect(text).toContain('FAILED: decisions out of order: 2, must be 0');
    expect(text).toContain('NOT PROVED: 1 of');
  });
});
