export { bestAvailable } from './best-available.js';
export { type Booking, type BookingStatus, isLive, type RejectionReason } from './booking.js';
export {
  acceptedAnewFromUs,
  bookingIdOf,
  bookingIdRange,
  createJobIds,
  isBookingId,
  type JobIdParts,
  jobIdFrom,
  jobIdOf,
  jobIdParts,
  laneMax,
  processNumberMax,
  tailMax,
  tailOf,
} from './booking-id.js';
export type {
  BookCommand,
  CancelCommand,
  ChangeCommand,
  Command,
  ConfirmCommand,
  ExpireCommand,
} from './command.js';
export { decide, giveUp } from './decide.js';
export { type BatchResult, decideBatch, type SectionAfter } from './decide-batch.js';
export { evolve, type Inventory, type WorkingInventory, workingCopy } from './inventory.js';
export type { LedgerEntry, Refusal, SectionChange, Verdict } from './outcome.js';
export { orphans, SeatMap } from './seat-map.js';
export {
  flawOfRows,
  rowNamePattern,
  rowsForCapacity,
  SeatPlan,
  type SeatRow,
  seatLabelPattern,
  seatsPerRowMax,
} from './seat-plan.js';
export {
  capacityMax,
  holdSecondsDefault,
  holdSecondsMax,
  priceMax,
  type Seating,
  type Section,
  type Terms,
} from './section.js';
