import { acceptedMs } from '../history.js';
import { type SectionEvidence, wasEmptied } from './section-evidence.js';
import type { Violation } from './violation.js';

const promise = 'a section decides in the order of acceptance';

/**
 * Whoever was told of acceptance before another one asked is decided before that one, whichever api
 * processes the two asked. A request that was enqueued again after the queue had been emptied has a
 * new place in the line.
 */
export function checkOrder({ truth, requests, emptied }: SectionEvidence): Violation[] {
  const requestOf = new Map(requests.map((one) => [one.observations[0]?.bookingId, one]));
  const violations: Violation[] = [];
  let latest: { sentMs: number; bookingId: string } | undefined;
  for (const { command, bookingId, decidedMs } of truth.ledger) {
    const request = command === 'book' ? requestOf.get(bookingId) : undefined;
    const heardMs = request && acceptedMs(request);
    if (request === undefined || heardMs === undefined) continue;
    if (wasEmptied(emptied, request.sentMs, decidedMs)) continue;
    if (latest !== undefined && heardMs < latest.sentMs) {
      const ms = latest.sentMs - heardMs;
      const detail = `${bookingId} was accepted ${ms} ms before ${latest.bookingId} was sent, and decided after it`;
      violations.push({ promise, detail });
    }
    if (latest === undefined || request.sentMs > latest.sentMs) {
      latest = { sentMs: request.sentMs, bookingId };
    }
  }
  return violations;
}
