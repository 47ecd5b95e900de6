/** A request to book, as every peer gets it. */
export interface Wanted {
  /** A UUIDv7, made by the server: neighbours in time are neighbours in the index. */
  readonly bookingId: string;
  readonly sectionId: string;
  readonly quantity: number;
  /** Labels of the seats wanted; the section is then a reserved one. */
  readonly seats?: readonly string[];
}

/**
 * What a peer comes to. `gave-up` is a failure, not an outcome: the buyer was turned away for want of
 * a lock or of another try, perhaps while seats were free.
 */
export type PeerOutcome =
  | { readonly kind: 'confirmed'; readonly eventId: string; readonly seatPrice: number }
  | { readonly kind: 'sold-out' }
  | { readonly kind: 'seat-taken' }
  | { readonly kind: 'gave-up'; readonly cause: string };

/** One way to book without overselling; `close` ends what it opened. */
export interface Peer {
  book(wanted: Wanted): Promise<PeerOutcome>;
  close(): Promise<void>;
}

/** What is chosen for each peer by measuring, before anything counts. */
export interface PeerTuning {
  /** Servers, each with a pool of its own: Stile's api and worker are two processes as well. */
  readonly processes: 1 | 2;
  /** Connections to PostgreSQL; jobs at a time for the peer on BullMQ. */
  readonly poolMax: number;
  /** Milliseconds, on average, before a lock or a conflicting transaction is tried again. */
  readonly retryDelayMs: number;
}

export interface PeerDependencies {
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  /** Starts every Redis key. */
  readonly prefix: string;
  readonly tuning: PeerTuning;
  readonly onError: (error: Error) => void;
}

export type OpenPeer = (deps: PeerDependencies) => Promise<Peer>;

/** Until a peer is tuned. */
export const firstTuning: PeerTuning = { processes: 1, poolMax: 8, retryDelayMs: 5 };

/** As long as Stile's clients wait in the benchmark: no peer gives up sooner. */
export const patienceMs = 10_000;
