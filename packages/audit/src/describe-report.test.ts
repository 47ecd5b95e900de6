import { describe, expect, test } from 'vitest';
import { describeReport } from './describe-report.js';
import { noTotals } from './totals.js';

describe('the report in words', () => {
  test('names the outcomes that there were', () => {
    const totals = { ...noTotals(), decisions: 1_201, confirmed: 1_000, rejected: 201 };
    const report = { kind: 'clean', sections: 2, ...totals, seatsConfirmed: 1_500 } as const;
    expect(describeReport(report)).toBe(
      'The audit is clean: 1,201 decisions in 2 sections replayed to the same end: ' +
        '1,000 confirmed, 201 rejected; 1,500 seats sold.',
    );
  });

  test('tells of holds and of what the queue had lost', () => {
    const totals = { ...noTotals(), decisions: 1, held: 1, seatsHeld: 2, enqueuedAgain: 1 };
    expect(describeReport({ kind: 'clean', sections: 1, ...totals })).toBe(
      'The audit is clean: 1 decision in 1 section replayed to the same end: 1 held; ' +
        '0 seats sold, 2 held. The queue had lost 1 booking; enqueued again.',
    );
  });

  test('of a database without decisions says so', () => {
    expect(describeReport({ kind: 'clean', sections: 0, ...noTotals() })).toBe(
      'The audit is clean: 0 decisions in 0 sections replayed to the same end; 0 seats sold.',
    );
  });

  test('shows where the first sequence is that does not add up', () => {
    const place = { sectionId: 'a section', sequence: 7, what: 'remaining' };
    const violation = { ...place, expected: 3, found: null };
    expect(describeReport({ kind: 'broken', violation, sections: 1, ...noTotals() })).toBe(
      [
        'The audit found the first sequence that does not add up:',
        '  section   a section',
        '  sequence  7',
        '  what      remaining',
        '  expected  3',
        '  found     nothing',
      ].join('\n'),
    );
  });
});
