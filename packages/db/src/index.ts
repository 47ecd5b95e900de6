export { hashOfApiKey, idOfApiKey, looksLikeApiKey, type NewApiKey, newApiKey } from './api-key.js';
export { createDatabase, createDecisionClient, createPool, type Database } from './client.js';
export { grantToApp } from './grant-to-app.js';
export { laneChannel, laneLocks } from './lane-locks.js';
export { migrateDatabase } from './migrate.js';
export { addRequestCounts, type RequestCounts } from './queries/add-request-counts.js';
export { advanceWebhook, findEnabledWebhooks } from './queries/advance-webhook.js';
export {
  type ApiKeyRow,
  findApiKey,
  insertApiKey,
  listApiKeys,
  revokeApiKey,
} from './queries/api-keys.js';
export {
  type DeliveryToMake,
  type FailedAttempt,
  putDeliveryBack,
  readDelivery,
  recordDelivered,
  recordFailed,
} from './queries/attempt-delivery.js';
export { cancelQueued } from './queries/cancel-queued.js';
export {
  type ClaimedKey,
  claimKeys,
  type IdempotencyClaim,
  type NewClaim,
} from './queries/claim-keys.js';
export {
  commitDecision,
  commitRemembered,
  isStoredAlready,
  type RememberedDecision,
} from './queries/commit-decision.js';
export { countDecided } from './queries/count-decided.js';
export { countLanes } from './queries/count-lanes.js';
export { createOrGetUser, type NewUser } from './queries/create-or-get-user.js';
export type { Notification } from './queries/decision-writes.js';
export { deleteEvent } from './queries/delete-event.js';
export { deleteOldKeys } from './queries/delete-old-keys.js';
export { ensureLanes } from './queries/ensure-lanes.js';
export type { EventWithSections, SectionRow } from './queries/event-rows.js';
export { type BookingRow, findBooking, findBookings } from './queries/find-booking.js';
export { findDueHolds } from './queries/find-due-holds.js';
export { findEvent, findEvents } from './queries/find-event.js';
export { findSection } from './queries/find-section.js';
export { prepareSectionPlaces } from './queries/find-section-places.js';
export { findUnownedLanes } from './queries/find-unowned-lanes.js';
export { findUser } from './queries/find-user.js';
export { insertEvent, type NewEvent, type NewSection } from './queries/insert-event.js';
export { type BookingFilter, listBookings } from './queries/list-bookings.js';
export { type EventFilter, listEvents } from './queries/list-events.js';
export { type LaneRow, listLanes } from './queries/list-lanes.js';
export { listSectionProgress, type SectionProgress } from './queries/list-section-progress.js';
export { listUsers, type UserFilter } from './queries/list-users.js';
export { nextProcessNumber } from './queries/next-process-number.js';
export {
  abandonDecision,
  type DecisionRequest,
  type Fenced,
  type OpenDecision,
  openDecision,
} from './queries/open-decision.js';
export {
  findOverdueDeliveries,
  type QueuedDelivery,
  queueDeliveries,
} from './queries/queue-deliveries.js';
export {
  type Activity,
  type ActivityRow,
  type BatchRow,
  type LedgerSpan,
  readActivity,
} from './queries/read-activity.js';
export { type Availability, readAvailability } from './queries/read-availability.js';
export { readBookingStory, type StoryRow } from './queries/read-booking-story.js';
export { readBookings, type StoredBooking } from './queries/read-bookings.js';
export { readSeats } from './queries/read-seats.js';
export { type NamedSection, readSectionNames } from './queries/read-section-names.js';
export { readTaken, type TakenStatus } from './queries/read-taken.js';
export { readTakenSeats } from './queries/read-taken-seats.js';
export { takeLane } from './queries/take-lane.js';
export { type EventChanges, type EventUpdate, updateEvent } from './queries/update-event.js';
export { type UserChanges, type UserUpdate, updateUser } from './queries/update-user.js';
export type { UserRow } from './queries/user-rows.js';
export {
  type DeliveryRow,
  deleteOldDeliveries,
  listDeliveries,
  replayDelivery,
  replaySince,
} from './queries/webhook-deliveries.js';
export {
  deleteWebhook,
  enableWebhook,
  findWebhook,
  insertWebhook,
  listWebhooks,
  type NewWebhook,
  type WebhookRow,
} from './queries/webhooks.js';
