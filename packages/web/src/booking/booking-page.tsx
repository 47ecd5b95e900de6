import { useEffect, useState } from 'react';
import { client, isFinal } from '../api/client.js';
import type { Booking } from '../api/stile.js';
import { formatCountdown, formatMoney, formatSeats } from '../layout/format.js';
import { Notice } from '../layout/notice.js';
import { addressOf } from '../layout/route.js';
import { useNow } from '../layout/use-now.js';
import { rememberBooking } from '../my-bookings/remembered.js';
import { CancelButton } from './cancel-button.js';
import { headlineOf, isLive, whyNot } from './describe-booking.js';
import { Steps } from './steps.js';
import { useBooking } from './use-booking.js';
import { type Place, usePlace } from './use-place.js';

/** One booking: where it stands, what led there and what can be done. */
export function BookingPage({ bookingId }: { readonly bookingId: string }) {
  const { value: booking, failure, refresh } = useBooking(bookingId);
  const place = usePlace(booking);
  useEffect(() => {
    if (place === undefined) return;
    const { event, section } = place;
    rememberBooking({ id: bookingId, eventName: event.name, sectionName: section.name });
  }, [bookingId, place]);

  if (booking === undefined) return <Missing failure={failure} />;
  return (
    <>
      <nav className="crumb" aria-label="Back">
        <a href={addressOf.event(booking.eventId)}>{place?.event.name ?? 'The event'}</a>
      </nav>
      {failure !== undefined && (
        <Notice kind="warning">{failure.message} Trying again; the booking is safe.</Notice>
      )}
      <article className={`ticket ticket-${booking.status}`} data-status={booking.status}>
        <header className="ticket-head" aria-live="polite">
          <h1>{headlineOf(booking)}</h1>
          {booking.status === 'rejected' && <p>{whyNot(booking)}</p>}
          {booking.status === 'expired' && <p>It was not confirmed in time; the seats are free.</p>}
          {booking.status === 'cancelled' && <p>The seats are free again.</p>}
          {booking.status === 'queued' && <QueueLine booking={booking} />}
        </header>
        {booking.status === 'held' && <Hold booking={booking} onChanged={refresh} />}
        <Facts booking={booking} place={place} />
        <Steps booking={booking} />
        <footer className="ticket-foot">
          {isLive(booking) && <CancelButton bookingId={bookingId} onDone={refresh} />}
          {!isLive(booking) && (
            <a className="button-main" href={addressOf.event(booking.eventId)}>
              Look for other seats
            </a>
          )}
          <p className="hint">
            This page’s address is your booking: keep it. <code>{bookingId}</code>
          </p>
        </footer>
      </article>
    </>
  );
}

function QueueLine({ booking }: { readonly booking: Booking }) {
  const { position, estimatedWaitMs } = booking;
  return (
    <p>
      {position === undefined
        ? 'Your request is safe and will be decided in turn.'
        : position === 0
          ? 'You are next.'
          : `${position.toLocaleString('en')} ${position === 1 ? 'request is' : 'requests are'} ahead of yours.`}
      {estimatedWaitMs !== undefined &&
        ` About ${Math.max(1, Math.ceil(estimatedWaitMs / 1000))} s to go.`}
    </p>
  );
}

function Hold({
  booking,
  onChanged,
}: {
  readonly booking: Booking;
  readonly onChanged: () => void;
}) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const nowMs = useNow(250);
  const leftMs = Date.parse(booking.expiresAt ?? '') - nowMs;
  const confirm = async (): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    try {
      await client.confirm(booking.id);
    } catch (error) {
      setFailure((error as Error).message);
    }
    setBusy(false);
    onChanged();
  };
  return (
    <div className="hold">
      <p className="countdown" role="timer" aria-label="Time left to confirm">
        {formatCountdown(leftMs)}
      </p>
      <button
        type="button"
        className="button-main"
        disabled={busy || leftMs <= 0}
        onClick={confirm}
      >
        {busy ? 'Confirming…' : 'Confirm booking'}
      </button>
      {failure !== undefined && <Notice kind="error">{failure}</Notice>}
    </div>
  );
}

function Facts({
  booking,
  place,
}: {
  readonly booking: Booking;
  readonly place?: Place | undefined;
}) {
  return (
    <dl className="ticket-facts">
      <div>
        <dt>Event</dt>
        <dd>{place?.event.name ?? '…'}</dd>
      </div>
      <div>
        <dt>Section</dt>
        <dd>{place?.section.name ?? '…'}</dd>
      </div>
      <div>
        <dt>{booking.seats ? formatSeats(booking.quantity) : 'Seats'}</dt>
        <dd>{booking.seats?.join(', ') ?? booking.quantity}</dd>
      </div>
      <div>
        <dt>Price</dt>
        <dd>{place ? formatMoney(booking.price, place.event.currency) : '…'}</dd>
      </div>
    </dl>
  );
}

function Missing({ failure }: { readonly failure: Error | undefined }) {
  if (failure === undefined) return <p className="empty">Loading…</p>;
  const gone = isFinal(failure);
  return (
    <>
      <h1>{gone ? 'There is no such booking' : 'The booking can’t be shown yet'}</h1>
      {!gone && <Notice kind="warning">{failure.message} Trying again.</Notice>}
      <p>
        <a href={addressOf.events}>All events</a>
      </p>
    </>
  );
}
