import { SeatPlan } from '@stile/core';
import { type Database, readTaken, type SectionRow, type TakenStatus } from '@stile/db';
import { LRUCache } from 'lru-cache';

export type SeatStatus = 'available' | TakenStatus;
export const seatStatuses: readonly SeatStatus[] = ['available', 'held', 'confirmed'];

/** One seat of a reserved section. */
export interface Seat {
  readonly label: string;
  readonly row: string;
  readonly number: number;
  readonly status: SeatStatus;
  /** Its place in the plan: row by row, nearest the front first. */
  readonly position: number;
}

export interface SeatWish {
  readonly status?: SeatStatus | undefined;
  /** The first position to look at. */
  readonly from: number;
  /** Seats at most. */
  readonly limit: number;
}

const plansMax = 50;
/** Seats looked up in one query at most, while seats of one status are searched for. */
const chunkMax = 4_000;

/** Lists the seats of reserved sections, whose rows never change. */
export class SeatLister {
  readonly #db: Database;
  readonly #plans = new LRUCache<string, SeatPlan>({ max: plansMax });

  constructor(db: Database) {
    this.#db = db;
  }

  /** The section's plan; undefined when its seats have no numbers. */
  planOf({ id, seatRows }: SectionRow): SeatPlan | undefined {
    if (seatRows === null) return undefined;
    const known = this.#plans.get(id);
    if (known !== undefined) return known;
    const plan = new SeatPlan(seatRows);
    this.#plans.set(id, plan);
    return plan;
  }

  /**
   * The next seats in the plan's order. Looks at a few first and then at more at a time, so that
   * neither a page nor the search for a rare status keeps many seats in memory.
   */
  async list(section: SectionRow, plan: SeatPlan, wish: SeatWish): Promise<Seat[]> {
    const { status, limit } = wish;
    const seats: Seat[] = [];
    if (status !== undefined && countOf(section, status) === 0) return seats;
    let chunk = limit;
    for (let from = wish.from; from < plan.count && seats.length < limit; from += chunk) {
      if (from !== wish.from) chunk = Math.min(chunkMax, 2 * chunk);
      const looked = await this.#look(section.id, plan, from, Math.min(from + chunk, plan.count));
      seats.push(...looked.filter((seat) => status === undefined || seat.status === status));
    }
    return seats.slice(0, limit);
  }

  async #look(sectionId: string, plan: SeatPlan, from: number, to: number): Promise<Seat[]> {
    const seats = Array.from({ length: to - from }, (_, n) => seatAt(plan, from + n));
    const labels = seats.map(({ label }) => label);
    const taken = await readTaken(this.#db, sectionId, labels);
    return seats.map((seat) => ({ ...seat, status: taken.get(seat.label) ?? 'available' }));
  }
}

const countOf = (section: SectionRow, status: SeatStatus): number =>
  section[status === 'available' ? 'remaining' : status];

function seatAt(plan: SeatPlan, position: number): Omit<Seat, 'status'> {
  const label = plan.labelOf(position);
  const hyphen = label.lastIndexOf('-');
  const number = Number(label.slice(hyphen + 1));
  return { label, row: label.slice(0, hyphen), number, position };
}
