import { jobIdParts } from '@stile/core';
import type { Evidence } from './evidence.js';

export interface OrderCheck {
  /** Decisions taken after one that was accepted later by the same api process. */
  readonly outOfOrder: number;
  /** The sequence of the first of them. */
  readonly firstOutOfOrder: number | undefined;
  /** Api processes that accepted requests; among two of them there is no order to break. */
  readonly apiProcesses: number;
}

/**
 * Whether requests were decided in the order in which they were accepted. A booking id names its
 * api process, which gives every request a later time than the one before; so along the sequence
 * the times of one process must rise.
 */
export function checkOrder({
  decisions,
  acceptedAtPrecision,
}: Pick<Evidence, 'decisions' | 'acceptedAtPrecision'>): OrderCheck {
  const latestUs = new Map<number, number>();
  let outOfOrder = 0;
  let firstOutOfOrder: number | undefined;
  for (const { bookingId, sequence, acceptedAtUs } of decisions) {
    const { processNumber } = jobIdParts(bookingId);
    const latest = latestUs.get(processNumber) ?? 0;
    const rises = acceptedAtPrecision === 'us' ? acceptedAtUs > latest : acceptedAtUs >= latest;
    if (!rises) {
      outOfOrder++;
      firstOutOfOrder ??= sequence;
    }
    latestUs.set(processNumber, Math.max(latest, acceptedAtUs));
  }
  return { outOfOrder, firstOutOfOrder, apiProcesses: latestUs.size };
}
