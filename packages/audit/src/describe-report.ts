import type { AuditReport } from './audit-database.js';
import type { Value } from './violation.js';

const outcomes = ['held', 'confirmed', 'rejected', 'expired', 'cancelled', 'changed'] as const;

/** The report in words: one line when everything adds up, else the first sequence that doesn't. */
export function describeReport(report: AuditReport): string {
  if (report.kind === 'clean') return describeClean(report);
  const { sectionId, sequence, what, expected, found } = report.violation;
  return [
    'The audit found the first sequence that does not add up:',
    `  section   ${sectionId}`,
    `  sequence  ${sequence}`,
    `  what      ${what}`,
    `  expected  ${value(expected)}`,
    `  found     ${value(found)}`,
  ].join('\n');
}

function describeClean(report: AuditReport): string {
  const { decisions, sections, seatsConfirmed, seatsHeld, enqueuedAgain } = report;
  const counts = outcomes
    .filter((outcome) => report[outcome] > 0)
    .map((outcome) => `${number(report[outcome])} ${outcome}`);
  return [
    `The audit is clean: ${plural(decisions, 'decision')} in ${plural(sections, 'section')} replayed to the same end`,
    ...(counts.length === 0 ? [] : [`: ${counts.join(', ')}`]),
    `; ${plural(seatsConfirmed, 'seat')} sold`,
    ...(seatsHeld === 0 ? [] : [`, ${number(seatsHeld)} held`]),
    '.',
    ...(enqueuedAgain === 0
      ? []
      : [` The queue had lost ${plural(enqueuedAgain, 'booking')}; enqueued again.`]),
  ].join('');
}

const number = (n: number): string => n.toLocaleString('en-US');
const plural = (n: number, noun: string): string => `${number(n)} ${noun}${n === 1 ? '' : 's'}`;
const value = (v: Value): string => (v === null ? 'nothing' : String(v));
