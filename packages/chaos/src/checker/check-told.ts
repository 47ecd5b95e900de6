import type { Observation, RequestHistory, ToldStatus } from '../history.js';
import { type SectionEvidence, wasEmptied } from './section-evidence.js';
import type { StoredBooking } from './section-truth.js';
import type { Violation } from './violation.js';

const promise = 'what a client was told stays true';

/** What a booking may have become since a client was told of it. */
const successors: Readonly<Record<ToldStatus, readonly ToldStatus[]>> = {
  queued: ['queued', 'held', 'confirmed', 'rejected', 'expired', 'cancelled'],
  held: ['held', 'confirmed', 'expired', 'cancelled'],
  confirmed: ['confirmed', 'cancelled'],
  rejected: ['rejected'],
  expired: ['expired'],
  cancelled: ['cancelled'],
};

/**
 * Each client was told of one booking only, the one its key stands for; each thing that it was told
 * may follow what it was told before, and the database may follow the last; sequence and seats are
 * what they were said to be. A booking that was accepted is found, unless the queue was emptied.
 */
export function checkTold({ truth, requests, emptied }: SectionEvidence): Violation[] {
  const violations: Violation[] = [];
  const report = (detail: string) => violations.push({ promise, detail });
  for (const request of requests) {
    const ids = new Set(request.observations.map(({ bookingId }) => bookingId));
    const claimed = request.key === undefined ? undefined : truth.bookingOfKey.get(request.key);
    if (claimed !== undefined) ids.add(claimed);
    if (ids.size > 1) report(`one request has the bookings ${[...ids].join(' and ')}`);
    const stored = truth.bookings.get(request.observations[0]?.bookingId ?? '');
    for (const flaw of flawsIn(request, stored)) report(flaw);
    for (const observation of request.observations) {
      if (observation.status !== 'missing') continue;
      if (wasEmptied(emptied, request.sentMs, observation.heardMs)) continue;
      report(`${observation.bookingId} was accepted and then not found`);
    }
  }
  return violations;
}

function* flawsIn(request: RequestHistory, stored: StoredBooking | undefined): Generator<string> {
  const told = request.observations.filter(isFound);
  let before: (Observation & { status: ToldStatus }) | undefined;
  for (const observation of told) {
    const { bookingId, status } = observation;
    if (before !== undefined && !successors[before.status].includes(status)) {
      yield `${bookingId} was told ${before.status} and then ${status}`;
    }
    before = observation;
    if (stored === undefined) continue;
    const { sequence, seats, reason } = observation;
    if (sequence !== undefined && sequence !== stored.sequence) {
      yield `${bookingId} was told sequence ${sequence}; it is ${stored.sequence}`;
    }
    if (seats !== undefined && String(seats) !== String(stored.seats)) {
      yield `${bookingId} was told seats ${seats}; they are ${stored.seats}`;
    }
    if (reason !== undefined && reason !== stored.reason) {
      yield `${bookingId} was told the reason ${reason}; it is ${stored.reason}`;
    }
  }
  if (stored?.status === 'cancelled' && !request.cancelAsked) {
    yield `${stored.id} is cancelled, and its client never asked for that`;
  }
  if (before === undefined || stored === undefined) return;
  if (!successors[before.status].includes(stored.status)) {
    yield `${stored.id} was told ${before.status}; it is ${stored.status}`;
  }
  if (stored.quantity !== request.quantity) {
    yield `${stored.id} asked for ${request.quantity} seats; it has ${stored.quantity}`;
  }
}

const isFound = (observation: Observation): observation is Observation & { status: ToldStatus } =>
  observation.status !== 'missing';
