import type { Booking, components, NewBooking } from '@stile/client';
import { bodyOf, client } from './client.js';

type Schemas = components['schemas'];

export type { Booking };
export type BookingStatus = Booking['status'];
export type Event = Schemas['Event'];
export type Section = Schemas['Section'];
export type SeatMap = Schemas['SeatMap'];
export type SeatRow = SeatMap['rows'][number];
export type Wish = NewBooking;

/** A booking, and the seconds after which to ask again while it is queued. */
export interface BookingAnswer {
  readonly booking: Booking;
  readonly retryAfterSeconds: number | undefined;
}

const eventsPerPage = 20;

export const listEvents = async (cursor?: string) =>
  bodyOf(
    await client.http.GET('/events', {
      params: { query: { limit: eventsPerPage, ...(cursor === undefined ? {} : { cursor }) } },
    }),
  );

export const readEvent = async (id: string): Promise<Event> =>
  bodyOf(await client.http.GET('/events/{id}', { params: { path: { id } } }));

export const readSeatMap = async (id: string): Promise<SeatMap> =>
  bodyOf(await client.http.GET('/sections/{id}/seat-map', { params: { path: { id } } }));

/** Asks for seats; resolves with the booking's id once it is queued. The same key books once. */
export async function book(wish: Wish, idempotencyKey: string): Promise<string> {
  const outcome = await client.book(wish, { idempotencyKey });
  return outcome.kind === 'rejected' ? outcome.bookingId : outcome.booking.id;
}

export async function readBooking(id: string): Promise<BookingAnswer> {
  const answer = await client.http.GET('/bookings/{id}', { params: { path: { id } } });
  const retryAfter = answer.response.headers.get('retry-after');
  return {
    booking: bodyOf(answer),
    retryAfterSeconds: retryAfter === null ? undefined : Number(retryAfter),
  };
}

/** The user with this e-mail address, made when there is none. */
export const identify = async (name: string, email: string): Promise<Schemas['User']> =>
  bodyOf(await client.http.POST('/users', { body: { name, email } }));
