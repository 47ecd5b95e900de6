import type { HotSection } from '../api/ops.js';
import { AvailabilityBar } from '../events/availability-bar.js';
import { formatCount } from '../layout/format.js';
import { addressOf } from '../layout/route.js';

/** The sections that decide the most right now. */
export function HotSections({ sections }: { readonly sections: readonly HotSection[] }) {
  return (
    <section className="panel panel-hot" aria-labelledby="hot-title">
      <div className="panel-head">
        <h2 id="hot-title">Hottest sections</h2>
        <p className="panel-figure">last 10 seconds</p>
      </div>
      {sections.length === 0 ? (
        <p className="empty">Nothing was decided in the last seconds.</p>
      ) : (
        <ol className="hot">
          {sections.map((section) => (
            <li key={section.id}>
              <a href={`/${addressOf.event(section.eventId)}`}>
                {section.name} <span className="hot-event">{section.eventName}</span>
              </a>
              <span className="hot-rate">
                {formatCount(Math.round(section.decidedPerSecond * 10) / 10)}
                <span className="unit">/s</span>
              </span>
              <AvailabilityBar
                label={`Seats left in ${section.name}, ${section.eventName}`}
                remaining={section.remaining}
                capacity={section.capacity}
              />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
