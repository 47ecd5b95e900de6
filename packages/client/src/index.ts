export type { components, operations, paths } from './schema.js';
export {
  type Booking,
  type BookOptions,
  type BookOutcome,
  type CommandOptions,
  type NewBooking,
  StileClient,
  type StileClientOptions,
  type WaitOptions,
} from './stile-client.js';
export { type Problem, StileProblem } from './stile-problem.js';
export type { Availability, WatchEnd, WatchOptions, WatchState } from './watch-event.js';
