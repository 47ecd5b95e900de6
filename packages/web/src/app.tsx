import { useEffect, useRef } from 'react';
import { BookingPage } from './booking/booking-page.js';
import { EventPage } from './events/event-page.js';
import { EventsPage } from './events/events-page.js';
import { Header } from './layout/header.js';
import { addressOf, type Route, useRoute } from './layout/route.js';
import { MyBookingsPage } from './my-bookings/my-bookings-page.js';

const titles: Readonly<Record<Route['page'], string>> = {
  events: 'Events',
  event: 'Event',
  booking: 'Your booking',
  bookings: 'My bookings',
};

/** The buyers' page. */
export function App() {
  const route = useRoute();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(route.page);
  useEffect(() => {
    document.title = `${titles[route.page]} · Stile`;
    if (shown.current === route.page) return;
    shown.current = route.page;
    // As after a page was loaded: at its top, and read from there.
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [route.page]);
  const links = [
    { label: 'Events', href: addressOf.events, current: route.page.startsWith('event') },
    { label: 'My bookings', href: addressOf.bookings, current: route.page.startsWith('booking') },
  ];
  return (
    <>
      <Header home={addressOf.events} links={links} />
      <main ref={main} tabIndex={-1} className="page">
        {route.page === 'events' && <EventsPage />}
        {route.page === 'event' && <EventPage key={route.eventId} eventId={route.eventId} />}
        {route.page === 'booking' && (
          <BookingPage key={route.bookingId} bookingId={route.bookingId} />
        )}
        {route.page === 'bookings' && <MyBookingsPage />}
      </main>
    </>
  );
}
