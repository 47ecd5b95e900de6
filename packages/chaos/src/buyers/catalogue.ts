import { setTimeout as delay } from 'node:timers/promises';
import { laneCount } from '../deployment/deployment.js';
import type { Random } from '../random.js';
import type { Http } from './http.js';

/** A section on sale, as far as a buyer cares. */
export interface SectionOnSale {
  readonly id: string;
  /** Labels of its numbered seats; none in general seating. */
  readonly seats: readonly string[];
}

/** How long a hold lasts: short, so that many end by themselves within a run. */
export const holdSeconds = 3;
/** Events that are on sale together; older ones are left behind, sold out or not. */
const eventsOnSale = 2;
/** Until the next event goes on sale: so there are always seats to win, and sections sold out. */
const newEventMs = 15_000;
const retryMs = 250;
const reservedRows = Array.from({ length: 16 }, (_, n) => ({
  row: String.fromCharCode(65 + n),
  seats: 25,
}));

/** What is on sale: a section of general seating in every lane and one with numbered seats. */
export class Catalogue {
  readonly #http: Http;
  readonly #addresses: readonly string[];
  /** Seats of each section without numbers. */
  readonly #capacity: number;
  #sections: SectionOnSale[][] = [];

  constructor(http: Http, addresses: readonly string[], rate: number) {
    this.#http = http;
    this.#addresses = addresses;
    this.#capacity = Math.ceil((rate * newEventMs) / 1_000 / laneCount);
  }

  /** Puts a first event on sale, and then one after the other until `signal`. */
  async open(signal: AbortSignal): Promise<void> {
    await this.#putOnSale(signal);
    void (async () => {
      while (!signal.aborted) {
        await delay(newEventMs, undefined, { signal }).catch(() => undefined);
        await this.#putOnSale(signal);
      }
    })();
  }

  pick(random: Random): SectionOnSale {
    return random.pick(random.pick(this.#sections));
  }

  async #putOnSale(signal: AbortSignal): Promise<void> {
    const general = Array.from({ length: laneCount }, (_, n) => ({
      ...{ name: `General ${n}`, price: 2_500, capacity: this.#capacity, holdSeconds },
    }));
    const reserved = { name: 'Hall', price: 4_000, seating: 'reserved', rows: reservedRows };
    const json = { name: 'Chaos', sections: [...general, { ...reserved, holdSeconds }] };
    for (let attempt = 0; !signal.aborted; attempt++) {
      const address = this.#addresses[attempt % this.#addresses.length] as string;
      const answer = await this.#http.send(address, { method: 'POST', path: '/events', json });
      if (answer?.status === 201) {
        const { sections } = answer.body as { sections: { id: string; seating: string }[] };
        const onSale = sections.map(({ id, seating }) => ({
          id,
          seats: seating === 'reserved' ? labels : [],
        }));
        this.#sections = [...this.#sections, onSale].slice(-eventsOnSale);
        return;
      }
      await delay(retryMs);
    }
  }
}

const labels = reservedRows.flatMap(({ row, seats }) =>
  Array.from({ length: seats }, (_, n) => `${row}-${n + 1}`),
);
