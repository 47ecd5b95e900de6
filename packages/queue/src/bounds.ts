/**
 * Every bound of the queue, with its unit. The defaults suit one machine; `config.ts` of api and
 * worker let the environment override them.
 */
export interface IntakeBounds {
  /** Requests that travel in one job at most. */
  readonly requestsPerJobMax: number;
  /** Requests one api process keeps for one lane while the queue is busy taking earlier ones. */
  readonly pendingRequestsMax: number;
  /** Jobs that may wait in one lane; above it new requests are refused as overloaded. */
  readonly backlogJobsMax: number;
  /** How long intake gathers requests into one job while the lane has jobs waiting. */
  readonly lingerMs: number;
}

export interface TakeBounds {
  /** Jobs that one decision transaction covers at most. */
  readonly jobsPerTakeMax: number;
  /** How long one take waits for a first job before it returns empty-handed. */
  readonly takeWaitMs: number;
}

export const defaultIntakeBounds: IntakeBounds = {
  requestsPerJobMax: 500,
  pendingRequestsMax: 20_000,
  backlogJobsMax: 1_000,
  lingerMs: 5,
};

export const defaultTakeBounds: TakeBounds = { jobsPerTakeMax: 8, takeWaitMs: 2_000 };
