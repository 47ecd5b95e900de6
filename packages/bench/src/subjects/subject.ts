import type { PeerTuning } from '../peers/peer.js';

/** Stock to sell in one run, made for it. */
export interface Stock {
  readonly eventId: string;
  readonly sectionIds: readonly string[];
}

export interface StockOptions {
  readonly sections: number;
  /** Seats of each; in a reserved section there are as many labels. */
  readonly capacity: number;
  readonly reserved?: boolean;
}

/** What the database says of sections after they were sold from. */
export interface SoldCheck {
  readonly capacity: number;
  /** Seats in confirmed bookings. */
  readonly sold: number;
  /** Confirmed bookings. */
  readonly bookings: number;
  /** Sections that sold more than they have, or whose count of remaining seats is off. */
  readonly sectionsWrong: number;
}

/** Something that sells over HTTP and is measured: Stile on an engine, a peer, a limit. */
export interface Subject {
  readonly name: string;
  /** In words, for tables. */
  readonly title: string;
  readonly kind: 'stile' | 'peer' | 'limit';
  /** Where its servers listen: one, or as many as it was tuned to. */
  readonly origins: () => readonly string[];
  readonly bookPath: string;
  readonly eventPath: (eventId: string) => string;
  readonly sellsSeats: boolean;
  readonly createStock: (options: StockOptions) => Promise<Stock>;
  /** Undefined for one that sells nothing. */
  readonly check: (stock: Stock) => Promise<SoldCheck | undefined>;
  /** Its processes, without the servers. */
  readonly pids: () => (number | undefined)[];
  /** Peers only: what it is tuned with, and how it is tuned anew between two runs. */
  readonly tuning?: PeerTunable;
}

export interface PeerTunable {
  readonly candidates: readonly PeerTuning[];
  readonly apply: (tuning: PeerTuning) => Promise<void>;
}

/** Longer than a queue of 1,024 takes anybody here; a client that is still waiting then is a failure. */
export const waitSeconds = 10;

/** Labels as Stile makes them: `A1-7` is the seventh seat of row A1. */
export const seatsPerRow = 100;
export const rowName = (row: number): string => `R${row + 1}`;
export const seatLabels = (capacity: number): string[] =>
  Array.from(
    { length: capacity },
    (_, seat) => `${rowName(Math.floor(seat / seatsPerRow))}-${(seat % seatsPerRow) + 1}`,
  );
