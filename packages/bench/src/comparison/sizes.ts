/** How long and how large the parts of a run are. */
export interface Sizes {
  /** Measurements of each subject. */
  readonly rounds: number;
  /** The same in parts that measure many points: connections, rates of arrival, growth. */
  readonly sweepRounds: number;
  /** Length of one measurement. */
  readonly seconds: number;
  /** Length of a measurement that only chooses a peer's pool; 0 measures all with a pool of 8. */
  readonly tuningSeconds: number;
  /** Connections beside the 256 of most parts. */
  readonly connections: readonly number[];
  readonly sale: { readonly seats: number; readonly buyers: number; readonly secondsMax: number };
  /** Requests a second of the open loop. */
  readonly openRates: readonly number[];
  readonly pollingBuyers: number;
  readonly growth: {
    readonly sections: readonly number[];
    /** Bookings that are stored before, each with its row of the ledger. */
    readonly rows: readonly number[];
    readonly lanes: readonly number[];
    readonly workers: readonly number[];
  };
}

/** Meant for about a quarter of an hour on two free cores. */
export const defaultSizes: Sizes = {
  rounds: 3,
  sweepRounds: 2,
  seconds: 1.5,
  tuningSeconds: 0.7,
  connections: [1, 16, 64, 1_024],
  sale: { seats: 500, buyers: 50_000, secondsMax: 30 },
  openRates: [500, 1_000, 3_000, 8_000],
  pollingBuyers: 10_000,
  growth: {
    sections: [1, 10, 100, 1_000, 10_000],
    rows: [100_000, 1_000_000],
    lanes: [1, 2, 4, 8],
    workers: [1, 2, 4],
  },
};

/** `--quick`: enough to see that all of it works, and roughly where it stands; peers are not tuned. */
export const quickSizes: Sizes = {
  rounds: 1,
  sweepRounds: 1,
  seconds: 0.5,
  tuningSeconds: 0,
  connections: [1, 1_024],
  sale: { seats: 500, buyers: 10_000, secondsMax: 10 },
  openRates: [500, 2_000],
  pollingBuyers: 2_000,
  growth: { sections: [1, 1_000], rows: [100_000], lanes: [1, 4], workers: [1, 2] },
};

/** `--full`: up to five million rows, longer and more rounds. */
export const fullSizes: Sizes = {
  ...defaultSizes,
  rounds: 5,
  sweepRounds: 5,
  seconds: 2,
  growth: { ...defaultSizes.growth, rows: [100_000, 1_000_000, 5_000_000] },
};
