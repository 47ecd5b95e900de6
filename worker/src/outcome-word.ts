import type { Verdict } from '@stile/core';

/** What can become of a command, as metrics, traces and logs name it. */
export const outcomeWords = [
  'held',
  'confirmed',
  'cancelled',
  'expired',
  'changed',
  'sold_out',
  'seat_taken',
  'limit_exceeded',
  'sales_closed',
  'internal_error',
  'repeated',
  'refused',
  'unknown_section',
] as const;
export type OutcomeWord = (typeof outcomeWords)[number];

/** The word for what became of a command; a rejection goes by its reason. */
export function outcomeWord(verdict: Verdict | undefined): OutcomeWord {
  if (verdict === undefined) return 'unknown_section';
  if (verdict.kind !== 'recorded') return verdict.kind;
  const { outcome, reason } = verdict.entry;
  return outcome === 'rejected' ? (reason ?? 'internal_error') : outcome;
}
