/** One decision as it was recorded. */
export interface RecordedDecision {
  /** Its number in the section. */
  readonly sequence: number;
  readonly bookingId: string;
  readonly quantity: number;
  readonly outcome: string;
  /** What the bookings say of it; null when they don't know it. */
  readonly bookingStatus: string | null;
  /** When the api accepted the request, in microseconds since 1970. */
  readonly acceptedAtUs: number;
}

/** What the server recorded of a section after a sale, in the order of the sequence. */
export interface Evidence {
  /** For people: where it was read. */
  readonly source: string;
  readonly capacity: number;
  readonly remaining: number;
  readonly decisions: readonly RecordedDecision[];
  /** Bookings of the section, whether the ledger knows them or not. */
  readonly bookingCount: number;
  /**
   * `us`: an api process gives no time twice. `ms`: what is shown over HTTP, where neighbours may
   * share a time.
   */
  readonly acceptedAtPrecision: 'us' | 'ms';
}
