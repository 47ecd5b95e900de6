import { useCallback, useState } from 'react';
import { isFinal } from '../api/client.js';
import { readBooking } from '../api/stile.js';
import { CancelButton } from '../booking/cancel-button.js';
import { isLive, statusWord } from '../booking/describe-booking.js';
import { formatDateTime, formatSeats } from '../layout/format.js';
import { addressOf } from '../layout/route.js';
import { usePolled } from '../layout/use-polled.js';
import { forgetBooking, type RememberedBooking, readRemembered } from './remembered.js';

/** The bookings made in this browser. */
export function MyBookingsPage() {
  const [bookings, setBookings] = useState(readRemembered);
  const forget = (id: string): void => {
    forgetBooking(id);
    setBookings(readRemembered());
  };
  return (
    <>
      <h1>My bookings</h1>
      {bookings.length === 0 ? (
        <p className="empty">
          None were made in this browser. <a href={addressOf.events}>See what is on.</a>
        </p>
      ) : (
        <ul className="bookings">
          {bookings.map((booking) => (
            <BookingRow key={booking.id} remembered={booking} onForget={forget} />
          ))}
        </ul>
      )}
    </>
  );
}

const pollMs = 3_000;

function BookingRow({
  remembered,
  onForget,
}: {
  readonly remembered: RememberedBooking;
  readonly onForget: (id: string) => void;
}) {
  const { id, eventName, sectionName } = remembered;
  const read = useCallback(async () => (await readBooking(id)).booking, [id]);
  const { value: booking, failure, refresh } = usePolled(read, whenChanging);
  const isUnknown = isFinal(failure);
  return (
    <li className="booking-row" data-booking={id}>
      <a className="booking-row-name" href={addressOf.booking(id)}>
        {eventName}
      </a>
      <p className="booking-row-facts">
        {sectionName}
        {booking !== undefined && ` · ${formatSeats(booking.quantity)}`}
        {booking?.seats && ` · ${booking.seats.join(', ')}`}
        {booking !== undefined && ` · ${formatDateTime(booking.acceptedAt)}`}
      </p>
      <p className={`booking-row-status status status-${booking?.status ?? 'none'}`}>
        {booking !== undefined && statusWord[booking.status]}
        {booking === undefined && isUnknown && 'No longer known'}
        {booking === undefined && failure !== undefined && !isUnknown && 'Not reachable'}
      </p>
      <div className="booking-row-action">
        {booking !== undefined && isLive(booking) ? (
          <CancelButton bookingId={id} onDone={refresh} />
        ) : (
          (booking !== undefined || isUnknown) && (
            <button type="button" className="button-plain" onClick={() => onForget(id)}>
              Remove<span className="visually-hidden"> {eventName} from this list</span>
            </button>
          )
        )}
      </div>
    </li>
  );
}

const whenChanging = (booking: { readonly status: string }): number | undefined =>
  booking.status === 'queued' || booking.status === 'held' ? pollMs : undefined;
