import { useCallback, useState } from 'react';
import { type Event, listEvents } from '../api/stile.js';
import { formatCount, formatDateTime, formatMoney } from '../layout/format.js';
import { Notice } from '../layout/notice.js';
import { addressOf } from '../layout/route.js';
import { useNow } from '../layout/use-now.js';
import { usePolled } from '../layout/use-polled.js';
import { AvailabilityBar } from './availability-bar.js';
import { saleStateOf, totalOf } from './live-event.js';

const pollMs = 4_000;
/** Later for some than for others, so that those who came together don't ask together for ever. */
const nextPollMs = (): number => pollMs * (0.8 + 0.4 * Math.random());

/** What is for sale, a page at a time, with availability that follows by asking. */
export function EventsPage() {
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const cursor = cursors.at(-1);
  const read = useCallback(() => listEvents(cursor), [cursor]);
  const { value, failure } = usePolled(read, nextPollMs);
  return (
    <>
      <h1>Events</h1>
      {failure !== undefined && (
        <Notice kind="warning">
          {value === undefined ? '' : 'These numbers are not the latest. '}
          {failure.message}
        </Notice>
      )}
      {value?.data.length === 0 && cursor === undefined && (
        <p className="empty">Nothing is on sale yet. Events come with POST /events: see /docs.</p>
      )}
      <ul className="events">
        {value?.data.map((event) => (
          <EventRow key={event.id} event={event} />
        ))}
      </ul>
      {(cursor !== undefined || value?.nextCursor) && (
        <nav className="pager" aria-label="Pages">
          <button
            type="button"
            className="button-plain"
            disabled={cursor === undefined}
            onClick={() => setCursors(cursors.slice(0, -1))}
          >
            Newer
          </button>
          <button
            type="button"
            className="button-plain"
            disabled={!value?.nextCursor}
            onClick={() => value?.nextCursor && setCursors([...cursors, value.nextCursor])}
          >
            Older
          </button>
        </nav>
      )}
    </>
  );
}

function EventRow({ event }: { readonly event: Event }) {
  const nowMs = useNow(10_000);
  const { capacity, remaining } = totalOf(event);
  const sale = saleStateOf(event, nowMs);
  const cheapest = Math.min(...event.sections.map(({ price }) => price));
  return (
    <li>
      <a className="event-row" href={addressOf.event(event.id)}>
        <DateBlock startsAt={event.startsAt} />
        <span className="event-row-text">
          <span className="event-row-name">{event.name}</span>
          <span className="event-row-facts">
            {event.kind !== undefined && <span className="kind">{event.kind}</span>}
            <span>{cheapest === 0 ? 'free' : `from ${formatMoney(cheapest, event.currency)}`}</span>
          </span>
        </span>
        <span className="event-row-availability">
          <AvailabilityBar
            label={`Seats left for ${event.name}`}
            remaining={remaining}
            capacity={capacity}
          />
          <span className="event-row-left">
            {sale.kind === 'open' && `${formatCount(remaining)} of ${formatCount(capacity)} left`}
            {sale.kind === 'sold out' && 'Sold out'}
            {sale.kind === 'closed' && 'Sale is over'}
            {sale.kind === 'before' && `On sale from ${formatDateTime(sale.opensAt)}`}
          </span>
        </span>
      </a>
    </li>
  );
}

function DateBlock({ startsAt }: { readonly startsAt: string | undefined }) {
  if (startsAt === undefined) return <span className="date-block" aria-hidden="true" />;
  const date = new Date(startsAt);
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', options).format(date);
  return (
    <time className="date-block" dateTime={startsAt}>
      <span className="date-day">{part({ day: 'numeric' })}</span>
      <span className="date-month">{part({ month: 'short', year: '2-digit' })}</span>
      <span className="date-time">{part({ hour: '2-digit', minute: '2-digit' })}</span>
    </time>
  );
}
