import { setTimeout as delay } from 'node:timers/promises';
import { type BookCommand, isBookingId } from '@stile/core';
import {
  type BookingRow,
  type ClaimedKey,
  type Database,
  findBooking,
  type IdempotencyClaim,
} from '@stile/db';
import type { BookedOutcome, QueuedBookings } from '@stile/queue';
import type { Intake, IntakeAnswer, SubmitOptions } from './intake.js';
import { ProblemError } from './problems.js';

type Wanted = Omit<BookCommand, 'id' | 'kind' | 'acceptedAtUs'>;
type Answer = Exclude<IntakeAnswer, { kind: 'claimed' }>;

const lookAgainMinMs = 20;
const lookAgainMaxMs = 250;

/** Answers a request whose idempotency key an earlier request has: with that one's booking. */
export class IdempotentReplay {
  readonly #db: Database;
  readonly #queued: QueuedBookings;
  readonly #intake: Intake;

  constructor(deps: { db: Database; queued: QueuedBookings; intake: Intake }) {
    this.#db = deps.db;
    this.#queued = deps.queued;
    this.#intake = deps.intake;
  }

  /**
   * The earlier request's booking as it is now, or when it is decided within `waitMs`. One that
   * was claimed but is neither decided nor in the queue was lost there: it is enqueued again.
   * Throws a 422 when the key stands for another request.
   */
  async answer(
    lane: number,
    wanted: Wanted,
    claim: IdempotencyClaim,
    earlier: ClaimedKey,
    { waitMs, client }: Pick<SubmitOptions, 'waitMs' | 'client'>,
  ): Promise<Answer> {
    if (earlier.fingerprint !== claim.fingerprint) {
      throw new ProblemError('idempotency-key-reused', {
        detail: 'This Idempotency-Key was sent with another request; use a new one for this.',
      });
    }
    const id = earlier.bookingId;
    const deadlineMs = performance.now() + waitMs;
    let acceptedAtUs: number | undefined;
    for (let pauseMs = lookAgainMinMs; ; pauseMs = Math.min(2 * pauseMs, lookAgainMaxMs)) {
      const decided = await findBooking(this.#db, id);
      if (decided !== undefined) return answerFromRow(decided);
      acceptedAtUs ??= await this.#acceptedAtUs(lane, { ...wanted, kind: 'book', id });
      const leftMs = deadlineMs - performance.now();
      const waitsInVain = leftMs <= 0 || client?.destroyed === true || this.#intake.isStopping;
      if (waitsInVain) return { kind: 'queued', id, acceptedAtUs };
      // The lane tells only the process that enqueued the booking, which need not be this one.
      await delay(Math.min(pauseMs, leftMs));
    }
  }

  async #acceptedAtUs(lane: number, command: Omit<BookCommand, 'acceptedAtUs'>): Promise<number> {
    const queued = isBookingId(command.id) ? await this.#queued.findNow(command.id) : undefined;
    if (queued !== undefined) return queued.command.acceptedAtUs;
    return (await this.#intake.enqueueAgain(lane, command)).acceptedAtUs;
  }
}

const us = (time: Date | null): number => (time === null ? 0 : time.getTime() * 1000);

function answerFromRow(row: BookingRow): Answer {
  const outcome: BookedOutcome = {
    kind: 'booked',
    status: row.status,
    reason: row.reason,
    sequence: row.sequence,
    price: row.price,
    remaining: null,
    seats: row.seats,
    adjacent: row.adjacent,
    expiresAtUs: row.expiresAt === null ? null : us(row.expiresAt),
  };
  const decidedAtUs = us(row.decidedAt ?? row.acceptedAt);
  return { kind: 'decided', id: row.id, acceptedAtUs: us(row.acceptedAt), decidedAtUs, outcome };
}
