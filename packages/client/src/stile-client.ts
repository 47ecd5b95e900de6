import createClient, { type Client } from 'openapi-fetch';
import { askAgain } from './ask-again.js';
import { newIdempotencyKey } from './idempotency-key.js';
import { pause, retryAfterMs } from './pause.js';
import type { components, paths } from './schema.js';
import { type Problem, problemIn, StileProblem } from './stile-problem.js';
import { type WatchEnd, type WatchOptions, watchEvent } from './watch-event.js';

export type Booking = components['schemas']['Booking'];
export type NewBooking = components['schemas']['NewBooking'];

export interface StileClientOptions {
  /** Where the server is, such as `https://tickets.example`; in a page of its own, nothing. */
  readonly baseUrl?: string;
  /** Asked before each request for the token or API key of the caller. */
  readonly token?: () => string | Promise<string>;
  /** In place of the global one. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

export interface BookOptions {
  /** Seconds to wait for the outcome, at most 30; without it the booking is only queued. */
  readonly wait?: number;
  /** Names the request; give the same one to ask again after a restart. Made anew without it. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

/** What became of a request for seats, so far. */
export type BookOutcome =
  | { readonly kind: 'booked'; readonly booking: Booking }
  | { readonly kind: 'queued'; readonly booking: Booking }
  | { readonly kind: 'rejected'; readonly bookingId: string; readonly problem: Problem };

export interface WaitOptions {
  /** Told of each answer in which it is still queued, with its place and expected wait. */
  readonly onQueued?: (booking: Booking) => void;
  readonly signal?: AbortSignal;
}

export interface CommandOptions {
  readonly signal?: AbortSignal;
}

/** Seconds that a server lets a client wait; a network may add this many. */
const waitSecondsMax = 30;
const graceSeconds = 10;
const answerMsMax = (seconds: number): number => (seconds + graceSeconds) * 1_000;
const pollMsDefault = 1_000;

/**
 * A client of Stile's HTTP API. Requests that got no answer are sent again, which is safe: a booking
 * has an idempotency key, and the other commands change nothing a second time. What is expected
 * comes as a value, any other answer as a StileProblem that is thrown.
 */
export class StileClient {
  /** Every route of the document, typed, as openapi-fetch has it; asks once. */
  readonly http: Client<paths>;
  readonly #fetch: (request: Request) => Promise<Response>;
  readonly #baseUrl: string;

  constructor({
    baseUrl = '',
    token,
    fetch = (request) => globalThis.fetch(request),
  }: StileClientOptions = {}) {
    this.#baseUrl = baseUrl.replace(/\/+$/, '');
    this.#fetch = async (request) => {
      if (token !== undefined) request.headers.set('authorization', `Bearer ${await token()}`);
      return fetch(request);
    };
    this.http = createClient<paths>({ baseUrl: this.#baseUrl, fetch: this.#fetch });
  }

  /** Asks for seats. */
  async book(wanted: NewBooking, options: BookOptions = {}): Promise<BookOutcome> {
    const { wait, idempotencyKey = newIdempotencyKey(), signal } = options;
    const { data, error, response } = await askAgain(
      (attempt) =>
        this.http.POST('/bookings', {
          params: {
            header: { 'idempotency-key': idempotencyKey },
            query: wait === undefined ? {} : { wait },
          },
          body: wanted,
          signal: attempt,
        }),
      { signal, answerMsMax: answerMsMax(wait ?? 0) },
    );
    if (data !== undefined) {
      return { kind: response.status === 201 ? 'booked' : 'queued', booking: data };
    }
    const problem = problemIn(error);
    if (response.status === 409 && typeof problem?.bookingId === 'string') {
      return { kind: 'rejected', bookingId: problem.bookingId, problem };
    }
    throw new StileProblem(response.status, problem);
  }

  /** Asks for a booking, when the server says so, until it is no longer queued. */
  async waitForOutcome(id: string, { onQueued, signal }: WaitOptions = {}): Promise<Booking> {
    for (;;) {
      const { data, error, response } = await askAgain(
        (attempt) => this.http.GET('/bookings/{id}', { params: { path: { id } }, signal: attempt }),
        { signal, answerMsMax: answerMsMax(0) },
      );
      if (data === undefined) throw new StileProblem(response.status, problemIn(error));
      if (data.status !== 'queued') return data;
      onQueued?.(data);
      await pause(retryAfterMs(response) ?? pollMsDefault, signal);
    }
  }

  /** Confirms a held booking. Throws a StileProblem `hold-expired` when that came too late. */
  async confirm(id: string, { signal }: CommandOptions = {}): Promise<Booking> {
    const { data, error, response } = await askAgain(
      (attempt) =>
        this.http.POST('/bookings/{id}/confirm', { params: { path: { id } }, signal: attempt }),
      { signal, answerMsMax: answerMsMax(waitSecondsMax), notYet: [202] },
    );
    if (data !== undefined && response.status === 200) return data as Booking;
    throw new StileProblem(response.status, problemIn(error));
  }

  /** Cancels a booking, whether queued, held or confirmed: its seats are free again. */
  async cancel(id: string, { signal }: CommandOptions = {}): Promise<void> {
    const { error, response } = await askAgain(
      (attempt) =>
        this.http.DELETE('/bookings/{id}', { params: { path: { id } }, signal: attempt }),
      { signal, answerMsMax: answerMsMax(waitSecondsMax), notYet: [202] },
    );
    if (response.status !== 204) throw new StileProblem(response.status, problemIn(error));
  }

  /** Watches what is left of an event; see `WatchOptions`. Resolves when that is over. */
  watch(eventId: string, options: WatchOptions): Promise<WatchEnd> {
    const url = `${this.#baseUrl}/events/${encodeURIComponent(eventId)}/stream`;
    return watchEvent(this.#fetch, url, options);
  }
}
