import type { BookCommand } from '@stile/core';
import type { BookingRow } from '@stile/db';
import type { BookedOutcome, Place } from '@stile/queue';
import { type Static, Type } from 'typebox';
import { examples } from './examples.js';
import { optional } from './optional.js';
import { Id, OneOf, shown } from './schemas.js';
import type { SectionEntry } from './section-directory.js';

/** Every status that a booking can be asked for or shown with. */
export const bookingStatuses = [
  'queued',
  'held',
  'confirmed',
  'rejected',
  'expired',
  'cancelled',
] as const;

/** A booking as every route shows it. */
export const Booking = Type.Object(
  {
    id: Id('The booking. Its job in the queue has the same id with the last 11 digits 0.'),
    status: OneOf(bookingStatuses, 'Queued until its lane decides it.'),
    reason: Type.Optional(Type.String({ description: 'Why it was rejected.' })),
    eventId: Id('The event.'),
    sectionId: Id('The section.'),
    userId: Type.Optional(Id('The user it is for.')),
    quantity: Type.Integer({ description: 'Seats.' }),
    seats: Type.Optional(
      Type.Array(Type.String(), { description: 'Labels of its seats, in a reserved section.' }),
    ),
    adjacent: Type.Optional(
      Type.Boolean({ description: 'Whether the seats picked for it are side by side.' }),
    ),
    price: Type.Integer({ description: 'Of all its seats together, in minor units.' }),
    sequence: Type.Optional(
      Type.Integer({ description: "The decision's number in its section; there are no gaps." }),
    ),
    acceptedAt: Type.String({ description: 'When the api took the request.' }),
    decidedAt: Type.Optional(Type.String({ description: 'When its lane decided it.' })),
    expiresAt: Type.Optional(Type.String({ description: 'When its hold ends, or ended.' })),
    position: Type.Optional(
      Type.Integer({ description: 'Requests ahead of it in its lane, while it is queued.' }),
    ),
    estimatedWaitMs: Type.Optional(
      Type.Integer({ description: "At the lane's measured rate; absent when that is not known." }),
    ),
  },
  shown('Booking', examples.booking),
);
export type Booking = Static<typeof Booking>;

const timeFromUs = (us: number): string => new Date(us / 1000).toISOString();

/** The booking of a row. */
export const bookingFromRow = (row: BookingRow): Booking => ({
  id: row.id,
  status: row.status,
  ...optional('reason', row.reason),
  eventId: row.eventId,
  sectionId: row.sectionId,
  ...optional('userId', row.userId),
  quantity: row.quantity,
  ...optional('seats', row.seats),
  ...optional('adjacent', row.adjacent),
  price: row.price,
  ...optional('sequence', row.sequence),
  acceptedAt: row.acceptedAt.toISOString(),
  ...optional('decidedAt', row.decidedAt?.toISOString()),
  ...optional('expiresAt', row.expiresAt?.toISOString()),
});

/** The booking of a command that is still queued; its price is what it would cost now. */
export const bookingFromCommand = (
  command: Omit<BookCommand, 'kind'>,
  section: SectionEntry,
  place: Place = {},
): Booking => ({
  id: command.id,
  status: 'queued',
  eventId: section.eventId,
  sectionId: command.sectionId,
  ...optional('userId', command.userId),
  quantity: command.quantity,
  price: command.quantity * section.price,
  acceptedAt: timeFromUs(command.acceptedAtUs),
  ...place,
});

/** The booking that a client has just waited for. */
export const bookingFromOutcome = (
  command: Omit<BookCommand, 'kind'>,
  section: SectionEntry,
  outcome: BookedOutcome,
  decidedAtUs: number,
): Booking => ({
  id: command.id,
  status: outcome.status,
  ...optional('reason', outcome.reason),
  eventId: section.eventId,
  sectionId: command.sectionId,
  ...optional('userId', command.userId),
  quantity: command.quantity,
  ...optional('seats', outcome.seats && [...outcome.seats]),
  ...optional('adjacent', outcome.adjacent),
  price: outcome.price,
  ...optional('sequence', outcome.sequence),
  acceptedAt: timeFromUs(command.acceptedAtUs),
  decidedAt: timeFromUs(decidedAtUs),
  ...(outcome.expiresAtUs === null ? {} : { expiresAt: timeFromUs(outcome.expiresAtUs) }),
});
