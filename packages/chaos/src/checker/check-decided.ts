import { acceptedMs } from '../history.js';
import { type SectionEvidence, wasEmptied } from './section-evidence.js';
import type { Violation } from './violation.js';

const promise = 'accepted means decided exactly once';

/**
 * Every accepted request is decided, and its ledger has one decision for it. Emptying the queue may
 * lose those that were waiting in it without an idempotency key; those with one must be healed.
 */
export function checkDecided({ truth, requests, emptied }: SectionEvidence): Violation[] {
  const decisions = new Map<string, number>();
  for (const { command, bookingId } of truth.ledger) {
    if (command === 'book') decisions.set(bookingId, (decisions.get(bookingId) ?? 0) + 1);
  }
  const violations: Violation[] = [];
  for (const [bookingId, count] of decisions) {
    if (count > 1) violations.push({ promise, detail: `${bookingId} was decided ${count} times` });
  }
  for (const request of requests) {
    if (acceptedMs(request) === undefined) continue;
    const bookingId = request.observations[0]?.bookingId ?? '';
    if (decisions.has(bookingId)) continue;
    const isLostWithQueue = wasEmptied(emptied, request.sentMs, Number.POSITIVE_INFINITY);
    // Cancelled while it was queued: it is decided, though its lane never came to record that.
    const isCancelled = truth.bookings.get(bookingId)?.status === 'cancelled';
    if (isLostWithQueue && (request.key === undefined || isCancelled)) continue;
    const whose = request.key === undefined ? '' : ` (key ${request.key})`;
    violations.push({ promise, detail: `${bookingId}${whose} was accepted and never decided` });
  }
  return violations;
}
