import { useCallback, useRef } from 'react';
import { serverNow } from '../api/server-time.js';
import { type Booking, type BookingAnswer, readBooking } from '../api/stile.js';
import { type Polled, usePolled } from '../layout/use-polled.js';

/** The first looks come this soon: with no line, the lane decides within them. */
const quickLookMs = 150;
const quickLooks = 2;
const secondMs = 1_000;
const heldPollMs = 5_000;
/** A hold ends a moment after its time: its lane must come to it. */
const graceMs = 250;

/** A booking as it goes its way; asked for as often as something can have changed. */
export function useBooking(bookingId: string): Polled<Booking> {
  const looks = useRef(0);
  const read = useCallback(() => readBooking(bookingId), [bookingId]);
  const nextMs = useCallback((answer: BookingAnswer) => {
    looks.current += 1;
    return looks.current <= quickLooks && answer.booking.status === 'queued'
      ? quickLookMs
      : nextLookMs(answer);
  }, []);
  const { value, ...rest } = usePolled(read, nextMs);
  return { value: value?.booking, ...rest };
}

function nextLookMs({ booking, retryAfterSeconds }: BookingAnswer): number | undefined {
  if (booking.status === 'queued') return (retryAfterSeconds ?? 1) * secondMs;
  if (booking.status !== 'held') return undefined;
  const endsInMs = Date.parse(booking.expiresAt ?? '') - serverNow() + graceMs;
  return endsInMs > 0 ? Math.min(heldPollMs, endsInMs) : secondMs;
}
