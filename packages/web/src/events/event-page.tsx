import { useState } from 'react';
import { isFinal } from '../api/client.js';
import { formatDateTime } from '../layout/format.js';
import { Notice } from '../layout/notice.js';
import { addressOf } from '../layout/route.js';
import { useNow } from '../layout/use-now.js';
import { BookPanel } from './book-panel.js';
import { type SaleState, saleStateOf } from './live-event.js';
import { SectionList } from './section-list.js';
import { StreamLine } from './stream-line.js';
import { useEvent } from './use-event.js';

/** An event with its sections, live, and a panel to book from them. */
export function EventPage({ eventId }: { readonly eventId: string }) {
  const { event, failure, stream, lostAtMs } = useEvent(eventId);
  const [wantedId, setWantedId] = useState<string>();
  const nowMs = useNow(1_000);

  if (event === undefined || isFinal(failure)) return <Missing failure={failure} />;
  const available = event.sections.find(({ remaining }) => remaining > 0) ?? event.sections[0];
  const section = event.sections.find(({ id }) => id === wantedId) ?? available;
  const sale = saleStateOf(event, nowMs);
  return (
    <>
      <nav className="crumb" aria-label="Back">
        <a href={addressOf.events}>All events</a>
      </nav>
      <div className="event-title">
        <h1>{event.name}</h1>
        <p className="facts">
          {event.startsAt !== undefined && (
            <time dateTime={event.startsAt}>{formatDateTime(event.startsAt)}</time>
          )}
          {event.kind !== undefined && <span className="kind">{event.kind}</span>}
        </p>
      </div>
      <div className="event-columns">
        <section aria-labelledby="sections-title">
          <div className="section-title">
            <h2 id="sections-title">Sections</h2>
            <StreamLine stream={stream} lostAtMs={lostAtMs} />
          </div>
          <SectionList event={event} chosenId={section?.id} onChoose={setWantedId} />
        </section>
        <aside className="book-column" aria-labelledby="book-title">
          <h2 id="book-title">Book</h2>
          <SaleLine sale={sale} />
          {section !== undefined && sale.kind !== 'before' && sale.kind !== 'closed' && (
            <BookPanel key={section.id} event={event} section={section} />
          )}
        </aside>
      </div>
    </>
  );
}

function SaleLine({ sale }: { readonly sale: SaleState }) {
  if (sale.kind === 'open') return null;
  return (
    <p className="sale-line">
      {sale.kind === 'before' && `On sale from ${formatDateTime(sale.opensAt)}.`}
      {sale.kind === 'closed' && 'The sale is over.'}
      {sale.kind === 'sold out' && 'Sold out. A seat that is given back shows here at once.'}
    </p>
  );
}

function Missing({ failure }: { readonly failure: Error | undefined }) {
  if (failure === undefined) return <p className="empty">Loading…</p>;
  const gone = isFinal(failure);
  return (
    <>
      <h1>{gone ? 'There is no such event' : 'The event can’t be shown yet'}</h1>
      {!gone && <Notice kind="warning">{failure.message} Trying again.</Notice>}
      <p>
        <a href={addressOf.events}>All events</a>
      </p>
    </>
  );
}
