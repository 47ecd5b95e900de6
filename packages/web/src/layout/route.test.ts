import { expect, test } from 'vitest';
import { addressOf, routeOf } from './route.js';

test('an address leads back to what it was made for', () => {
  expect(routeOf(addressOf.events)).toEqual({ page: 'events' });
  expect(routeOf(addressOf.event('e1'))).toEqual({ page: 'event', eventId: 'e1' });
  expect(routeOf(addressOf.booking('b1'))).toEqual({ page: 'booking', bookingId: 'b1' });
  expect(routeOf(addressOf.bookings)).toEqual({ page: 'bookings' });
});

test.each(['', '#', '#/', '#/nothing', '#/events/', '#/%E0%A4%A'])(
  'an address that makes no sense leads to the events: %s',
  (hash) => {
    expect(routeOf(hash)).toEqual({ page: 'events' });
  },
);
