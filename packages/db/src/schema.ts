/**
 * The tables. SQL names are the snake_case of these; migrations are made from this file with
 * `npm run db:generate` and live in `drizzle/`.
 */
import type { SeatRow, SectionChange } from '@stile/core';
import { relations, sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  char,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgSequence,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const count = (name: string) => bigint(name, { mode: 'number' });

export const bookingStatus = pgEnum('booking_status', [
  'held',
  'confirmed',
  'rejected',
  'expired',
  'cancelled',
]);
export const rejectionReason = pgEnum('rejection_reason', [
  'sold_out',
  'seat_taken',
  'limit_exceeded',
  'sales_closed',
  'internal_error',
]);
export const seatingKind = pgEnum('seating', ['general', 'reserved']);
export const commandKind = pgEnum('command_kind', [
  'book',
  'confirm',
  'cancel',
  'expire',
  'change',
]);
export const ledgerOutcome = pgEnum('ledger_outcome', [
  'held',
  'confirmed',
  'rejected',
  'expired',
  'cancelled',
  'changed',
]);

/** Numbers api processes: it goes into booking ids (16 bits) and names the process's channel. */
export const apiProcessNumber = pgSequence('api_process_number', {
  minValue: 0,
  maxValue: 65_535,
  startWith: 0,
  cycle: true,
});

/** One row for each lane. `epoch` fences off an owner that lost its lane: see worker/lane-owner. */
export const lanes = pgTable('lanes', {
  lane: smallint().primaryKey(),
  epoch: count('epoch').notNull().default(0),
  owner: text(),
});

export const events = pgTable(
  'events',
  {
    id: uuid().primaryKey(),
    name: text().notNull(),
    kind: text(),
    currency: char({ length: 3 }).notNull(),
    startsAt: instant('starts_at'),
    salesOpenAt: instant('sales_open_at'),
    salesCloseAt: instant('sales_close_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** Set when it was deleted: its bookings and its ledger stay. */
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    index('events_kind_id').on(t.kind, t.id),
    index('events_starts_at_id').on(t.startsAt, t.id),
    check('events_sales_window', sql`${t.salesOpenAt} < ${t.salesCloseAt}`),
  ],
);

export const sections = pgTable(
  'sections',
  {
    id: uuid().primaryKey(),
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id),
    /** Never changes: the order of a section's decisions is the order of its one lane. */
    lane: smallint()
      .notNull()
      .references(() => lanes.lane),
    /** Place among the event's sections, as they were given. */
    position: smallint().notNull(),
    name: text().notNull(),
    seating: seatingKind().notNull().default('general'),
    /** Reserved seating: the rows, nearest the front first. */
    seatRows: jsonb('seat_rows').$type<SeatRow[]>(),
    price: integer().notNull(),
    capacity: integer().notNull(),
    maxPerBooking: integer('max_per_booking'),
    maxPerUser: integer('max_per_user'),
    holdSeconds: integer('hold_seconds').notNull().default(120),
    /** The event's sales window, as this section's lane goes by it. */
    salesOpenAt: instant('sales_open_at'),
    salesCloseAt: instant('sales_close_at'),
    closed: boolean().notNull().default(false),
    remaining: integer().notNull(),
    held: integer().notNull().default(0),
    confirmed: integer().notNull().default(0),
    rejected: count('rejected').notNull().default(0),
    revenue: count('revenue').notNull().default(0),
    sequence: count('sequence').notNull().default(0),
    version: count('version').notNull().default(0),
  },
  (t) => [
    unique('sections_event_id_name').on(t.eventId, t.name),
    index('sections_lane').on(t.lane),
    check('sections_capacity_positive', sql`${t.capacity} > 0`),
    check('sections_remaining_within_capacity', sql`${t.remaining} BETWEEN 0 AND ${t.capacity}`),
    check(
      'sections_seats_add_up',
      sql`${t.remaining} + ${t.held} + ${t.confirmed} = ${t.capacity}`,
    ),
    check('sections_counts_not_negative', sql`${t.held} >= 0 AND ${t.confirmed} >= 0`),
    check('sections_price_not_negative', sql`${t.price} >= 0`),
    check(
      'sections_rows_when_reserved',
      sql`(${t.seating} = 'reserved') = (${t.seatRows} IS NOT NULL)`,
    ),
  ],
);

export const eventRelations = relations(events, ({ many }) => ({ sections: many(sections) }));
export const sectionRelations = relations(sections, ({ one }) => ({
  event: one(events, { fields: [sections.eventId], references: [events.id] }),
}));

/** The seats of reserved sections that somebody has: the primary key lets nobody else have them. */
export const seats = pgTable(
  'seats',
  {
    sectionId: uuid('section_id')
      .notNull()
      .references(() => sections.id),
    label: text().notNull(),
    bookingId: uuid('booking_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.sectionId, t.label] })],
);

export const users = pgTable(
  'users',
  {
    id: uuid().primaryKey(),
    name: text().notNull(),
    email: text().notNull(),
    /** Whose user it is; null when the api ran open. Callers don't see each other's. */
    caller: text(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('users_caller_email').on(sql`coalesce(${t.caller}, '')`, sql`lower(${t.email})`),
    index('users_caller_id').on(t.caller, t.id).where(sql`${t.caller} IS NOT NULL`),
  ],
);

/**
 * Its section exists, and so does that of a ledger entry: triggers look once for each statement,
 * and refuse to remove a section. A foreign key looks once for each row, a third of what storing a
 * decision costs PostgreSQL.
 */
export const bookings = pgTable(
  'bookings',
  {
    id: uuid().primaryKey(),
    sectionId: uuid('section_id').notNull(),
    userId: uuid('user_id').references(() => users.id),
    /** Who asked for it, and may do with it; null when the api ran open. */
    caller: text(),
    quantity: integer().notNull(),
    status: bookingStatus().notNull(),
    reason: rejectionReason(),
    /** In minor units: quantity times the seat's price at the decision. */
    price: count('price').notNull(),
    /** Labels, in a reserved section. */
    seats: text().array(),
    adjacent: boolean(),
    expiresAt: instant('expires_at'),
    /** Null while a booking that was cancelled in the queue waits for its lane to record that. */
    sequence: count('sequence'),
    acceptedAt: instant('accepted_at').notNull(),
    decidedAt: instant('decided_at'),
  },
  (t) => [
    // Lists walk these two, one range for each status: see queries/list-bookings.ts. A list by
    // status alone walks the first as well: an index of its own made inserts 30% slower.
    index('bookings_section_id_status_id').on(t.sectionId, t.status, t.id),
    index('bookings_user_id_status_id')
      .on(t.userId, t.status, t.id)
      .where(sql`${t.userId} IS NOT NULL`),
    index('bookings_caller_status_id')
      .on(t.caller, t.status, t.id)
      .where(sql`${t.caller} IS NOT NULL`),
    index('bookings_live_of_user')
      .on(t.sectionId, t.userId)
      .where(sql`${t.userId} IS NOT NULL AND ${t.status} IN ('held', 'confirmed')`),
    index('bookings_section_id_user_id_status_id')
      .on(t.sectionId, t.userId, t.status, t.id)
      .where(sql`${t.userId} IS NOT NULL`),
    // Without the rejected: they are most of a sale's rows, and each index of them slows it down.
    index('bookings_status_id').on(t.status, t.id).where(sql`${t.status} <> 'rejected'`),
    index('bookings_held_expires_at').on(t.expiresAt).where(sql`${t.status} = 'held'`),
    check('bookings_quantity_positive', sql`${t.quantity} > 0`),
    check(
      'bookings_reason_when_rejected',
      sql`(${t.status} = 'rejected') = (${t.reason} IS NOT NULL)`,
    ),
    check('bookings_hold_expires', sql`${t.status} <> 'held' OR ${t.expiresAt} IS NOT NULL`),
    check(
      'bookings_decided_unless_cancelled',
      sql`${t.status} = 'cancelled' OR (${t.sequence} IS NOT NULL AND ${t.decidedAt} IS NOT NULL)`,
    ),
  ],
);

/**
 * Append-only: a trigger refuses UPDATE, DELETE and TRUNCATE. One row for each request to book,
 * rejections included, and for each command that changed something; `sequence` has no gaps within
 * a section.
 */
export const ledger = pgTable(
  'ledger',
  {
    sectionId: uuid('section_id').notNull(),
    sequence: count('sequence').notNull(),
    command: commandKind().notNull(),
    bookingId: uuid('booking_id'),
    userId: uuid('user_id'),
    /** Who gave the command; null when the api ran open or the pipeline itself did. */
    caller: text(),
    quantity: integer().notNull(),
    outcome: ledgerOutcome().notNull(),
    reason: rejectionReason(),
    remaining: integer().notNull(),
    seats: text().array(),
    /** Reserved seating: whether the caller chose the seats. */
    chosen: boolean(),
    expiresAt: instant('expires_at'),
    /** What a change of the section replaced, and by what. */
    change: jsonb().$type<SectionChange>(),
    acceptedAt: instant('accepted_at').notNull(),
    decidedAt: instant('decided_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.sectionId, t.sequence] }),
    index('ledger_change_id').on(sql`(${t.change} ->> 'id')`).where(sql`${t.command} = 'change'`),
    // A booking keeps the sequence of its request, so requests stay out: they are the rush.
    index('ledger_booking_id_after_request')
      .on(t.bookingId)
      .where(sql`${t.command} IN ('confirm', 'cancel', 'expire')`),
    check('ledger_remaining_not_negative', sql`${t.remaining} >= 0`),
  ],
);

/** Which booking a caller's Idempotency-Key stands for; kept a day at least. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    caller: text().notNull(),
    key: text().notNull(),
    /** SHA-256 of the request, base64: another request under the same key is refused. */
    fingerprint: text().notNull(),
    bookingId: uuid('booking_id').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.caller, t.key] }),
    index('idempotency_keys_created_at').on(t.createdAt),
  ],
);

/** How much callers and addresses asked for in a window of time. Not logged: see its migration. */
export const requestCounts = pgTable(
  'request_counts',
  {
    /** When the window began, in seconds since 1970. */
    windowStart: count('window_start').notNull(),
    subject: text().notNull(),
    count: count('count').notNull(),
  },
  (t) => [primaryKey({ columns: [t.windowStart, t.subject] })],
);

/** Keys by which partners call the api. The secret itself is not kept, only its SHA-256. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    /** SHA-256 of the whole key, in hex: keys are random, so a slow hash would add nothing. */
    hash: text().notNull(),
    scopes: text().array().notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    revokedAt: instant('revoked_at'),
  },
  (t) => [check('api_keys_hash_is_sha256', sql`${t.hash} ~ '^[0-9a-f]{64}$'`)],
);

export const deliveryState = pgEnum('delivery_state', ['pending', 'queued', 'delivered', 'failed']);

/** Addresses of partners that are told what becomes of bookings. */
export const webhooks = pgTable('webhooks', {
  id: uuid().primaryKey(),
  url: text().notNull(),
  /** Signs what is sent, so it is kept as it is: `whsec_` and base64. */
  secret: text().notNull(),
  types: text().array().notNull(),
  enabled: boolean().notNull().default(true),
  /** When the first attempt failed since one succeeded last. */
  failingSince: instant('failing_since'),
  disabledAt: instant('disabled_at'),
  createdAt: instant('created_at').notNull().defaultNow(),
});

/** How far each section's ledger was read for a webhook; without a row, from its beginning. */
export const webhookCursors = pgTable(
  'webhook_cursors',
  {
    webhookId: uuid('webhook_id')
      .notNull()
      .references(() => webhooks.id, { onDelete: 'cascade' }),
    sectionId: uuid('section_id').notNull(),
    sequence: count('sequence').notNull(),
  },
  (t) => [primaryKey({ columns: [t.webhookId, t.sectionId] })],
);

/**
 * One row for each row of the ledger that a webhook is told of. pending: waits for its turn;
 * queued: its job is in the queue; then delivered, or failed when it is given up.
 */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: count('id').primaryKey().generatedAlwaysAsIdentity(),
    webhookId: uuid('webhook_id')
      .notNull()
      .references(() => webhooks.id, { onDelete: 'cascade' }),
    sectionId: uuid('section_id').notNull(),
    sequence: count('sequence').notNull(),
    bookingId: uuid('booking_id').notNull(),
    type: text().notNull(),
    state: deliveryState().notNull().default('pending'),
    /** Raised whenever it is queued: the job of an earlier round does nothing. */
    round: integer().notNull().default(0),
    attempts: integer().notNull().default(0),
    statusCode: integer('status_code'),
    error: text(),
    queuedAt: instant('queued_at'),
    attemptedAt: instant('attempted_at'),
    nextAttemptAt: instant('next_attempt_at'),
    deliveredAt: instant('delivered_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    unique('webhook_deliveries_event').on(t.webhookId, t.sectionId, t.sequence),
    index('webhook_deliveries_webhook_id_id').on(t.webhookId, t.id),
    index('webhook_deliveries_open')
      .on(t.webhookId, t.bookingId, t.sequence)
      .where(sql`${t.state} IN ('pending', 'queued')`),
    index('webhook_deliveries_pending').on(t.webhookId, t.id).where(sql`${t.state} = 'pending'`),
    index('webhook_deliveries_queued')
      .on(t.webhookId, t.nextAttemptAt)
      .where(sql`${t.state} = 'queued'`),
    index('webhook_deliveries_delivered_at').on(t.deliveredAt).where(sql`${t.state} = 'delivered'`),
  ],
);
