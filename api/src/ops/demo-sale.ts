import { randomInt } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { type Database, type EventWithSections, insertEvent } from '@stile/db';
import { type OpenLanes, OverloadedError } from '@stile/queue';
import type { Intake } from '../intake.js';
import { newEventFrom } from '../new-event.js';

export interface DemoSaleOptions {
  readonly db: Database;
  readonly intake: Intake;
  readonly lanes: OpenLanes;
}

/** Buyers of one sale, and the milliseconds within which they come, most of them early. */
const buyersMax = 2_400;
const lastsMs = 20_000;
const tickMs = 50;
const holdSeconds = 10;
const outcomeWaitMs = 15_000;
/** Milliseconds after which a buyer makes up their mind about a hold. */
const thinkMsMax = 6_000;

const sections = [
  { name: 'Floor', price: 4_500, capacity: 600, holdSeconds },
  {
    ...{ name: 'Balcony', price: 6_500, seating: 'reserved' as const, holdSeconds },
    rows: [...'ABCDEFGH'].map((row, index) => ({ row, seats: 14 + index })),
  },
  { name: 'Boxes', price: 12_000, capacity: 40, maxPerBooking: 4, holdSeconds },
];
/** How the wishes of ten buyers are spread over the sections. */
const wishes = [0, 0, 0, 0, 0, 0, 1, 1, 1, 2];

/**
 * A sale to look at: an event of its own, with more buyers than seats. They hold, pay, change their
 * minds or forget, and go the way that every request goes, through the intake and the lanes. One
 * sale at a time; `stop` ends it early and leaves what was booked.
 */
export class DemoSale {
  readonly #options: DemoSaleOptions;
  #current: Promise<EventWithSections> | undefined;
  #running: Promise<void> = Promise.resolve();
  readonly #stopping = new AbortController();

  constructor(options: DemoSaleOptions) {
    this.#options = options;
    setMaxListeners(buyersMax + 1, this.#stopping.signal);
  }

  /** The event of the sale that runs, or of a new one when none does. */
  start(): { readonly isNew: boolean; readonly event: Promise<EventWithSections> } {
    if (this.#current !== undefined) return { isNew: false, event: this.#current };
    const event = this.#open();
    this.#current = event;
    this.#running = event
      .then((opened) => this.#sell(opened))
      .catch(() => undefined) // The one who started it is told; a server that is down ends it.
      .finally(() => {
        this.#current = undefined;
      });
    return { isNew: true, event };
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #open(): Promise<EventWithSections> {
    const { db, lanes } = this.#options;
    const laneCount = await lanes.count();
    let lane = randomInt(laneCount);
    const now = new Date();
    const event = newEventFrom(
      {
        name: `Demo sale of ${now.toISOString().slice(11, 19)}`,
        kind: 'demo',
        startsAt: new Date(now.getTime() + 7 * 24 * 60 * 60 * 1000).toISOString(),
        sections,
      },
      () => lane++ % laneCount,
    );
    return insertEvent(db, event);
  }

  async #sell(event: EventWithSections): Promise<void> {
    const buyers: Promise<void>[] = [];
    const ticks = lastsMs / tickMs;
    for (let tick = 1; tick <= ticks && !this.#stopping.signal.aborted; tick++) {
      // Half of them have come after a quarter of the time.
      const come = Math.round(buyersMax * Math.sqrt(tick / ticks));
      while (buyers.length < come) buyers.push(this.#buy(event));
      await delay(tickMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    }
    await Promise.all(buyers);
  }

  async #buy(event: EventWithSections): Promise<void> {
    const section = event.sections[wishes[randomInt(wishes.length)] ?? 0];
    if (section === undefined) return;
    const { intake } = this.#options;
    const hold = randomInt(3) > 0;
    const command = {
      kind: 'book' as const,
      sectionId: section.id,
      quantity: randomInt(1, 4),
      ...(hold ? { hold } : {}),
    };
    try {
      const answer = await intake.submit(section.lane, command, { waitMs: outcomeWaitMs });
      const outcome = answer.kind === 'decided' ? answer.outcome : undefined;
      if (outcome?.kind !== 'booked' || outcome.status !== 'held') return;
      const signal = this.#stopping.signal;
      await delay(randomInt(500, thinkMsMax), undefined, { signal }).catch(() => undefined);
      const mind = randomInt(10);
      if (mind === 9 || answer.kind === 'claimed') return; // Forgets it: the hold will expire.
      const kind = mind === 8 ? ('cancel' as const) : ('confirm' as const);
      const decision = { kind, sectionId: section.id, bookingId: answer.id };
      await intake.outcomeOf(section.lane, decision, { waitMs: outcomeWaitMs });
    } catch (error) {
      if (!(error instanceof OverloadedError)) throw error;
    }
  }
}
