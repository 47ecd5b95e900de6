import { acceptedAnewFromUs, jobIdParts } from '@stile/core';
import type { Difference } from './violation.js';

/**
 * Whether each api process was served in its order, in one section: it stamps what it accepts with
 * rising times, so those must rise with the sequence.
 */
export class ServiceOrder {
  readonly #lastAcceptedUs = new Map<number, number>();
  #enqueuedAgain = 0;

  /**
   * Bookings that were accepted anew after the queue had lost them. Their ids are from the first
   * time, of another process perhaps, so they say nothing about the order of the second.
   */
  get enqueuedAgain(): number {
    return this.#enqueuedAgain;
  }

  /** Takes the next request to book; tells when an earlier one was accepted after it. */
  next(bookingId: string, acceptedAtUs: number): Difference | undefined {
    if (acceptedAtUs >= acceptedAnewFromUs(bookingId)) {
      this.#enqueuedAgain++;
      return undefined;
    }
    const { processNumber } = jobIdParts(bookingId);
    const earlier = this.#lastAcceptedUs.get(processNumber);
    this.#lastAcceptedUs.set(processNumber, acceptedAtUs);
    if (earlier === undefined || earlier < acceptedAtUs) return undefined;
    return {
      what: `accepted_at (µs) of api process ${processNumber}`,
      expected: `later than ${earlier}`,
      found: acceptedAtUs,
    };
  }
}
