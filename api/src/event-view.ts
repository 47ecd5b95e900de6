import type { Seating } from '@stile/core';
import type { EventWithSections, SectionRow } from '@stile/db';
import { type Static, Type } from 'typebox';
import { examples } from './examples.js';
import { optional } from './optional.js';
import { Id, OneOf, shown } from './schemas.js';

export const seatings: readonly Seating[] = ['general', 'reserved'];

/** A section as every route shows it. */
export const Section = Type.Object(
  {
    id: Id('Names the section in POST /bookings.'),
    name: Type.String(),
    seating: OneOf(seatings, 'Whether its seats are numbered: see GET /sections/{id}/seats.'),
    price: Type.Integer({ description: "Of one seat, in minor units of the event's currency." }),
    capacity: Type.Integer({ description: 'Seats in all.' }),
    remaining: Type.Integer({ description: 'Seats nobody holds or has booked.' }),
    maxPerBooking: Type.Optional(Type.Integer({ description: 'Seats one booking may have.' })),
    maxPerUser: Type.Optional(
      Type.Integer({ description: 'Seats one user may have in live bookings; it must be named.' }),
    ),
    holdSeconds: Type.Integer({ description: 'How long a hold lasts.' }),
    version: Type.Integer({ description: 'Grows by one with every change of the section.' }),
  },
  shown('Section', examples.section),
);

/** An event as every route shows it. */
export const Event = Type.Object(
  {
    id: Id('The event.'),
    name: Type.String(),
    kind: Type.Optional(Type.String({ description: 'A short word such as concert.' })),
    startsAt: Type.Optional(Type.String({ description: 'When it begins.' })),
    salesOpenAt: Type.Optional(Type.String({ description: 'When sales begin.' })),
    salesCloseAt: Type.Optional(Type.String({ description: 'When sales end.' })),
    currency: Type.String({ description: 'ISO 4217.' }),
    version: Type.Integer({ description: "The sum of its sections' versions." }),
    createdAt: Type.String(),
    sections: Type.Array(Section),
  },
  shown('Event', examples.event),
);

export const presentSection = (row: SectionRow): Static<typeof Section> => ({
  id: row.id,
  name: row.name,
  seating: row.seating,
  price: row.price,
  capacity: row.capacity,
  remaining: row.remaining,
  ...optional('maxPerBooking', row.maxPerBooking),
  ...optional('maxPerUser', row.maxPerUser),
  holdSeconds: row.holdSeconds,
  version: row.version,
});

export const presentEvent = (event: EventWithSections): Static<typeof Event> => ({
  id: event.id,
  name: event.name,
  ...optional('kind', event.kind),
  ...optional('startsAt', event.startsAt?.toISOString()),
  ...optional('salesOpenAt', event.salesOpenAt?.toISOString()),
  ...optional('salesCloseAt', event.salesCloseAt?.toISOString()),
  currency: event.currency,
  version: versionOf(event),
  createdAt: event.createdAt.toISOString(),
  sections: event.sections.map(presentSection),
});

/** An event has no changes of its own to count: it is as new as its sections. */
export const versionOf = ({ sections }: EventWithSections): number =>
  sections.reduce((sum, { version }) => sum + version, 0);
