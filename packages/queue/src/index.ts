export { createAcceptanceClock } from './acceptance-clock.js';
export { addJob } from './add-job.js';
export {
  defaultIntakeBounds,
  defaultTakeBounds,
  type IntakeBounds,
  type TakeBounds,
} from './bounds.js';
export { DrainRate, type DrainRateOptions } from './drain-rate.js';
export { type Engine, type EngineOptions, openEngine } from './engine.js';
export type { Origin } from './job-origins.js';
export { LaneConsumer, type LaneConsumerOptions, type TakenJob } from './lane-consumer.js';
export { type Backlog, LaneLine, type Place } from './lane-line.js';
export {
  type IntakeMeter,
  LaneProducer,
  type LaneProducerOptions,
  type LaneRequest,
  type NewCommand,
  OverloadedError,
} from './lane-producer.js';
export { laneQueueName, outcomeChannel } from './names.js';
export { type OpenLane, OpenLanes, type OpenLanesOptions } from './open-lanes.js';
export { OutcomeListener, type OutcomeListenerOptions } from './outcome-listener.js';
export {
  type BookedOutcome,
  encodeOutcomes,
  type Outcome,
  outcomeOfBooking,
  outcomeTuple,
} from './outcome-message.js';
export { migrateQueue } from './postgres-engine.js';
export type { TaskWorkerOptions } from './queue-options.js';
export { type QueuedBooking, QueuedBookings } from './queued-booking.js';
export { connectRedis } from './redis-engine.js';
export { requestIdOf } from './request-id.js';
export { queueSettings } from './settings.js';
export { TimeLimitError, within } from './within.js';
