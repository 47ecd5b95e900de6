import {
  capacityMax,
  flawOfRows,
  rowNamePattern,
  rowsForCapacity,
  type SeatRow,
  seatsPerRowMax,
} from '@stile/core';
import type { NewEvent as EventToInsert, NewSection as SectionToInsert } from '@stile/db';
import { type Static, Type } from 'typebox';
import { v7 as uuidv7 } from 'uuid';
import { seatings } from './event-view.js';
import { examples } from './examples.js';
import { instantOrNone } from './instant.js';
import { invalidField } from './problem-from-error.js';
import {
  Body,
  Capacity,
  HoldSeconds,
  Instant,
  Limit,
  OneOf,
  Price,
  shown,
  Text,
} from './schemas.js';

const sectionsMax = 500;
/** Numbered seats of one event: each has a place in its row, which lanes keep in memory. */
const reservedSeatsMax = capacityMax;

export const EventName = Text(200, 'What people call it.');
export const Kind = Type.String({
  pattern: '^[a-z0-9][a-z0-9_-]{0,31}$',
  description: 'A short word such as concert, movie, bus, doctor.',
  examples: ['concert'],
});
const Currency = Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217.' });

const Rows = Type.Array(
  Body({
    row: Type.String({ pattern: rowNamePattern, description: 'Starts the labels: C in C-12.' }),
    seats: Type.Integer({ minimum: 1, maximum: seatsPerRowMax }),
  }),
  { minItems: 1, description: 'Reserved seating: its rows, nearest the front first.' },
);

const NewSection = Body({
  name: Text(100, 'Unique within the event.'),
  price: Price("Price of one seat, in minor units of the event's currency."),
  capacity: Type.Optional(Capacity),
  seating: Type.Optional(OneOf(seatings, 'General (the default), or with numbered seats.')),
  rows: Type.Optional(Rows),
  maxPerBooking: Type.Optional(Limit('Seats one booking may have at most.')),
  maxPerUser: Type.Optional(
    Limit('Seats one user may have at most; who names no user can then have none.'),
  ),
  holdSeconds: Type.Optional(HoldSeconds),
});

/** The body of POST /events. */
export const NewEvent = Body(
  {
    name: EventName,
    kind: Type.Optional(Kind),
    startsAt: Type.Optional(Instant('When it begins.')),
    salesOpenAt: Type.Optional(Instant('Requests that are accepted earlier are turned down.')),
    salesCloseAt: Type.Optional(Instant('So are those accepted then or later.')),
    currency: Type.Optional(Type.Unsafe<string>({ ...Currency, default: 'EUR' })),
    sections: Type.Array(NewSection, { minItems: 1, maxItems: sectionsMax }),
  },
  shown('NewEvent', examples.newEvent),
);

/**
 * The event to insert, with new ids and a lane for each section; a 400 that names the field for
 * what the schema can't say.
 */
export function newEventFrom(body: Static<typeof NewEvent>, nextLane: () => number): EventToInsert {
  refuseSameNames(body.sections.map((section) => section.name));
  const salesOpenAt = instantOrNone('/salesOpenAt', body.salesOpenAt) ?? null;
  const salesCloseAt = instantOrNone('/salesCloseAt', body.salesCloseAt) ?? null;
  if (salesOpenAt !== null && salesCloseAt !== null && salesOpenAt >= salesCloseAt) {
    throw emptyWindow();
  }
  refuseTooManySeats(body.sections);
  return {
    id: uuidv7(),
    name: body.name,
    kind: body.kind ?? null,
    currency: body.currency ?? 'EUR',
    startsAt: instantOrNone('/startsAt', body.startsAt) ?? null,
    salesOpenAt,
    salesCloseAt,
    sections: body.sections.map((section, index) => newSectionFrom(section, index, nextLane())),
  };
}

/** Sales must begin before they end. */
export const emptyWindow = () => invalidField('/salesCloseAt', 'must be later than salesOpenAt');

function newSectionFrom(
  { rows, ...section }: Static<typeof NewSection>,
  index: number,
  lane: number,
): SectionToInsert {
  const path = `/sections/${index}`;
  const seatRows = section.seating === 'reserved' ? plannedRows(path, section, rows) : null;
  if (seatRows === null && rows !== undefined) {
    throw invalidField(`${path}/rows`, 'are for reserved seating only');
  }
  const capacity = section.capacity ?? seatRows?.reduce((sum, { seats }) => sum + seats, 0);
  if (capacity === undefined) throw invalidField(`${path}/capacity`, 'is required');
  return { ...section, id: uuidv7(), lane, capacity, seatRows };
}

function plannedRows(
  path: string,
  { capacity }: Static<typeof NewSection>,
  rows: SeatRow[] | undefined,
): SeatRow[] {
  if (rows === undefined) {
    if (capacity !== undefined) return rowsForCapacity(capacity);
    throw invalidField(`${path}/capacity`, 'is required, unless there are rows');
  }
  const flaw = flawOfRows(rows);
  if (flaw !== undefined) throw invalidField(`${path}/rows/${flaw.index}`, flaw.message);
  const seats = rows.reduce((sum, row) => sum + row.seats, 0);
  if (capacity === undefined || capacity === seats) return rows;
  throw invalidField(`${path}/capacity`, `must be ${seats}, as many as its rows have, or left out`);
}

function refuseTooManySeats(sections: readonly Static<typeof NewSection>[]): void {
  let seats = 0;
  sections.forEach(({ seating, capacity, rows = [] }, index) => {
    if (seating !== 'reserved') return;
    seats += capacity ?? rows.reduce((sum, row) => sum + row.seats, 0);
    if (seats > reservedSeatsMax) {
      const message = `takes the event above ${reservedSeatsMax} numbered seats`;
      throw invalidField(`/sections/${index}`, message);
    }
  });
}

function refuseSameNames(names: readonly string[]): void {
  const seen = new Set<string>();
  names.forEach((name, index) => {
    if (seen.has(name)) {
      throw invalidField(`/sections/${index}/name`, 'must be different from the names before it');
    }
    seen.add(name);
  });
}
