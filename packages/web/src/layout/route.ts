import { useSyncExternalStore } from 'react';

/** What the address asks for. */
export type Route =
  | { readonly page: 'events' }
  | { readonly page: 'event'; readonly eventId: string }
  | { readonly page: 'booking'; readonly bookingId: string }
  | { readonly page: 'bookings' };

/**
 * Addresses are fragments: the paths belong to the API, and a fragment is never sent to a server,
 * so that no log on the way keeps the id that gives power over a booking.
 */
export const addressOf = {
  events: '#/',
  bookings: '#/bookings',
  event: (id: string) => `#/events/${id}`,
  booking: (id: string) => `#/bookings/${id}`,
};

/** The route of this fragment; the list of events for one that makes no sense. */
export function routeOf(hash: string): Route {
  const [folder, id] = hash.replace(/^#\/?/, '').split('/').map(decoded);
  if (folder === 'events' && id) return { page: 'event', eventId: id };
  if (folder === 'bookings' && id) return { page: 'booking', bookingId: id };
  return { page: folder === 'bookings' ? 'bookings' : 'events' };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const subscribe = (onChange: () => void): (() => void) => {
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
};

/** The route of the page's address. */
export const useRoute = (): Route =>
  routeOf(useSyncExternalStore(subscribe, () => window.location.hash));

export const goTo = (address: string): void => {
  window.location.hash = address;
};
