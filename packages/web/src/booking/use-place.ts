import { useEffect, useState } from 'react';
import { type Booking, type Event, readEvent, type Section } from '../api/stile.js';

/** What a booking is for. */
export interface Place {
  readonly event: Event;
  readonly section: Section;
}

const retryMs = 3_000;

/** The event and section of a booking, once they are known. */
export function usePlace(booking: Booking | undefined): Place | undefined {
  const [event, setEvent] = useState<Event>();
  const [tries, setTries] = useState(0);
  const eventId = booking?.eventId;

  // biome-ignore lint/correctness/useExhaustiveDependencies: each failed try asks again
  useEffect(() => {
    if (eventId === undefined) return;
    let dropped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    readEvent(eventId).then(
      (read) => !dropped && setEvent(read),
      () => {
        if (!dropped) timer = setTimeout(() => setTries((count) => count + 1), retryMs);
      },
    );
    return () => {
      dropped = true;
      clearTimeout(timer);
    };
  }, [eventId, tries]);

  const section = event?.sections.find(({ id }) => id === booking?.sectionId);
  return event && section && { event, section };
}
