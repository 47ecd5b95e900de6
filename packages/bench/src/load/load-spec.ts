/** What one run of load asks a server, and how fast. Goes to the load process as a message. */
export interface LoadSpec {
  /** Such as http://127.0.0.1:3000; connections are spread evenly over several. */
  readonly origins: readonly string[];
  /** Each carries one request at a time. */
  readonly connections: number;
  readonly plan: RequestPlan;
  readonly pace: Pace;
}

/** `seconds` are counted after a warm-up that is not: a request on each connection, then `warmUpSeconds`. */
export type Pace =
  /** Closed loop: a connection asks again when it was answered. */
  | { readonly kind: 'closed'; readonly seconds: number }
  /** Closed loop until so many requests were answered; what is not sent by `secondsMax` never is. */
  | { readonly kind: 'count'; readonly requests: number; readonly secondsMax: number }
  /** Open loop: so many requests fall due each second, whether or not earlier ones were answered. */
  | { readonly kind: 'open'; readonly perSecond: number; readonly seconds: number };

/** Which requests are sent. The same for every server but for its paths. */
export interface RequestPlan {
  readonly bookPath: string;
  readonly sectionIds: readonly string[];
  /** `zipf`: the n-th section is asked for 1/n times as often as the first. */
  readonly spread: 'even' | 'zipf';
  /** What else is in the body: a quantity, unless seats are chosen. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Each request asks for one of these seats, in an order of chance. */
  readonly seatLabels?: readonly string[];
  /** Each request has an Idempotency-Key of its own. */
  readonly withKeys?: boolean;
  /** Reads between two bookings: in turn an event, and the booking that was last confirmed. */
  readonly readsPerBooking?: number;
  readonly eventPath?: string;
}

/** Milliseconds; of no request, all are 0. */
export interface Latency {
  readonly count: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

export interface LoadResult {
  /** Length of the window that counts. */
  readonly seconds: number;
  /** Outcomes told within the window, confirmed or rejected, for each second of it. */
  readonly outcomesPerSecond: number;
  /** Reads answered within the window, for each second of it. */
  readonly readsPerSecond: number;
  /** From request to outcome; in an open loop from when the request was due. */
  readonly latency: Latency;
  readonly readLatency: Latency;
  /** Over the whole run, with its warm-up and its end. */
  readonly confirmed: number;
  readonly rejected: number;
  /** Requests without an outcome, by what came in its place: `503`, `ECONNRESET`. */
  readonly failures: Readonly<Record<string, number>>;
  /** Requests that fell due and were never sent: the server had no connection free for them. */
  readonly unsent: number;
  /** Seconds from the first request to the last outcome. */
  readonly lastOutcomeSeconds: number;
  /** Share of the time in which the load process was busy: near 1 it measures itself. */
  readonly generatorBusy: number;
}

/** Under load, after each connection had its first answer. */
export const warmUpSeconds = 0.3;

export const failureCount = ({ failures, unsent }: LoadResult): number =>
  Object.values(failures).reduce((sum, count) => sum + count, unsent);
