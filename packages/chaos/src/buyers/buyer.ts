import { setTimeout as delay } from 'node:timers/promises';
import type { History, Observation, RequestHistory, ToldStatus } from '../history.js';
import type { Random } from '../random.js';
import { type Catalogue, holdSeconds } from './catalogue.js';
import type { Http, HttpAnswer, HttpRequest } from './http.js';

/** What buyers share. */
export interface Market {
  readonly http: Http;
  readonly catalogue: Catalogue;
  readonly history: History;
  /** Of the api processes; a buyer who gets no answer from one asks the next. */
  readonly addresses: readonly string[];
  /** True when nobody comes back any more: the run is over, and so is everybody's patience. */
  readonly isOver: () => boolean;
}

/** Seconds that a buyer who waits asks the server to wait. */
const waitSeconds = 10;
/**
 * Answers by which nothing was done: a server is down or too busy, or the request was read too late,
 * as by an api whose event loop was blocked.
 */
const comeBack: ReadonlySet<number> = new Set([408, 503]);
const pauseMsMin = 200;
const pauseMsMax = 1_500;

/**
 * One buyer: asks for seats, with an idempotency key or without, waits for the outcome or polls for
 * it, confirms or cancels what is held, changes its mind about what is confirmed, comes back to
 * look. Whatever it is told goes into the history.
 */
export class Buyer {
  readonly #market: Market;
  readonly #random: Random;
  readonly #history: RequestHistory;
  readonly #booking: HttpRequest;
  #apiIndex: number;

  constructor(market: Market, random: Random, number: number) {
    this.#market = market;
    this.#random = random;
    this.#apiIndex = random.between(0, market.addresses.length - 1);
    const section = market.catalogue.pick(random);
    const seats =
      section.seats.length > 0 && random.percent(50)
        ? random.shuffled(section.seats.slice(0)).slice(0, random.between(1, 3))
        : undefined;
    const quantity = seats?.length ?? random.between(1, 3);
    const key = random.percent(70) ? `buyer-${number}` : undefined;
    const wish = { ...(seats === undefined ? { quantity } : { seats }) };
    const hold = random.percent(40) ? { hold: true } : {};
    this.#booking = {
      method: 'POST',
      path: random.percent(50) ? `/bookings?wait=${waitSeconds}` : '/bookings',
      json: { sectionId: section.id, ...wish, ...hold },
      key,
    };
    this.#history = market.history.open({
      ...{ sectionId: section.id, quantity, key, sentMs: Date.now() },
    });
  }

  /** Resolves when the buyer has what it wants, or has given up. */
  async visit(): Promise<void> {
    let last = await this.#book();
    if (last?.status === 'queued' && this.#random.percent(5)) last = await this.#cancel();
    last = await this.#untilDecided(last);
    if (last?.status === 'held') last = await this.#makeUpItsMind();
    if (last?.status === 'confirmed' && this.#random.percent(15)) {
      await this.#pause(0, 5_000);
      last = await this.#untilDecided(await this.#cancel());
    }
    if (last !== undefined && this.#random.percent(10)) {
      await this.#pause(500, 4_000);
      await this.#read();
    }
  }

  /** Until it knows of its booking; without a key it asks once, for it might book twice. */
  async #book(): Promise<Observation | undefined> {
    for (;;) {
      const answer = await this.#send(this.#booking);
      if (answer !== undefined && !comeBack.has(answer.status)) {
        const { id, bookingId } = answer.body as { id?: string; bookingId?: string };
        const told = bookingId ?? id;
        if ([201, 202, 409].includes(answer.status) && told !== undefined) {
          return this.#observe(answer, told, statusOf(answer));
        }
        this.#wrong(this.#booking, answer);
        return undefined;
      }
      if (this.#booking.key === undefined) {
        this.#history.unanswered++;
        return undefined;
      }
      if (!(await this.#pauseOrGiveUp(answer))) return undefined;
    }
  }

  /** Polls; a booking that is gone with its queue is asked for again under its key. */
  async #untilDecided(first: Observation | undefined): Promise<Observation | undefined> {
    let last = first;
    while (last !== undefined && (last.status === 'queued' || last.status === 'missing')) {
      if (this.#market.isOver()) return last;
      await this.#pause(pauseMsMin, pauseMsMax);
      if (last.status !== 'missing') last = await this.#read();
      else if (this.#booking.key !== undefined) last = await this.#book();
      else return last;
    }
    return last;
  }

  async #makeUpItsMind(): Promise<Observation | undefined> {
    const holdMs = holdSeconds * 1_000;
    const choice = this.#random.between(1, 10);
    // Some come too late: the hold may be over by then.
    if (choice <= 5) {
      await this.#pause(0, holdMs + 500);
      return this.#confirm();
    }
    if (choice <= 7) {
      await this.#pause(0, holdMs + 500);
      return this.#untilDecided(await this.#cancel());
    }
    await this.#pause(holdMs + 1_000, holdMs + 3_000);
    return this.#read();
  }

  #read(): Promise<Observation | undefined> {
    return this.#ask({ method: 'GET', path: `/bookings/${this.#id}` }, (answer) => {
      if (answer.status === 200) return String(answer.body.status) as ToldStatus;
      return answer.status === 404 ? 'missing' : undefined;
    });
  }

  async #confirm(): Promise<Observation | undefined> {
    const path = `/bookings/${this.#id}/confirm`;
    const told = await this.#ask({ method: 'POST', path }, (answer) => {
      if (answer.status === 200) return String(answer.body.status) as ToldStatus;
      if (answer.status === 202) return 'held';
      return answer.status === 409 ? (answer.body.bookingStatus as ToldStatus) : undefined;
    });
    // A 202 tells nothing of the booking but that it is: look.
    return told?.status === 'held' ? this.#read() : told;
  }

  async #cancel(): Promise<Observation | undefined> {
    this.#history.cancelAsked = true;
    let isUnderWay = false;
    const path = `/bookings/${this.#id}`;
    const told = await this.#ask({ method: 'DELETE', path }, (answer) => {
      isUnderWay = answer.status === 202;
      if (answer.status === 204) return 'cancelled';
      if (isUnderWay) return 'queued';
      if (answer.status === 404) return 'missing';
      return answer.status === 409 ? (answer.body.bookingStatus as ToldStatus) : undefined;
    });
    return isUnderWay ? this.#read() : told;
  }

  /** Asks until there is an answer; all that is asked here may be asked twice. */
  async #ask(
    request: HttpRequest,
    statusIn: (answer: HttpAnswer) => Observation['status'] | undefined,
  ): Promise<Observation | undefined> {
    for (;;) {
      const answer = await this.#send(request);
      if (answer !== undefined && !comeBack.has(answer.status)) {
        const status = statusIn(answer);
        if (status === undefined) {
          this.#wrong(request, answer);
          return undefined;
        }
        // 202 of a command tells of the command, not of the booking: it is no observation.
        if (answer.status === 202) return { ...empty, bookingId: this.#id, status };
        return this.#observe(answer, this.#id, status);
      }
      if (!(await this.#pauseOrGiveUp(answer))) return undefined;
    }
  }

  get #id(): string {
    return this.#history.observations.at(-1)?.bookingId ?? '';
  }

  #observe(answer: HttpAnswer, bookingId: string, status: Observation['status']): Observation {
    const { reason, sequence, seats } = answer.body as Partial<Observation>;
    // What a problem says of seats is what was asked for, not what the booking has.
    const isBooking = answer.status < 300;
    const observation: Observation = {
      ...{ sentMs: answer.sentMs, heardMs: answer.heardMs, bookingId, status },
      ...(isBooking && sequence !== undefined ? { sequence } : {}),
      ...(isBooking && seats !== undefined && status !== 'rejected' ? { seats } : {}),
      ...(isBooking && reason !== undefined ? { reason } : {}),
    };
    this.#history.observations.push(observation);
    return observation;
  }

  async #send(request: HttpRequest): Promise<HttpAnswer | undefined> {
    const { http, addresses } = this.#market;
    const answer = await http.send(addresses[this.#apiIndex] as string, request);
    if (answer === undefined) this.#apiIndex = (this.#apiIndex + 1) % addresses.length;
    return answer;
  }

  #wrong({ method, path }: HttpRequest, { status, body }: HttpAnswer): void {
    this.#market.history.wrongAnswers.push({
      ...{ request: `${method} ${path}`, status, body: JSON.stringify(body) },
    });
  }

  /** False when it is too late to come back. */
  async #pauseOrGiveUp(answer: HttpAnswer | undefined): Promise<boolean> {
    if (this.#market.isOver()) return false;
    const retryAfterMs = answer?.retryAfterMs ?? 0;
    await this.#pause(Math.max(pauseMsMin, retryAfterMs), Math.max(pauseMsMax, retryAfterMs));
    return true;
  }

  async #pause(minMs: number, maxMs: number): Promise<void> {
    await delay(this.#random.between(minMs, maxMs));
  }
}

const empty = { sentMs: 0, heardMs: 0 };

function statusOf({ status, body }: HttpAnswer): ToldStatus {
  return status === 409 ? 'rejected' : (String(body.status) as ToldStatus);
}
