import type { Event } from '../api/stile.js';
import { formatCount, formatMoney } from '../layout/format.js';
import { AvailabilityBar } from './availability-bar.js';

/** The sections of an event, one of them chosen. */
export function SectionList({
  event,
  chosenId,
  onChoose,
}: {
  readonly event: Event;
  readonly chosenId: string | undefined;
  readonly onChoose: (sectionId: string) => void;
}) {
  return (
    <fieldset className="sections">
      <legend className="visually-hidden">Section</legend>
      {event.sections.map((section) => {
        const { id, name, remaining, capacity, seating, price } = section;
        return (
          <label key={id} className="section" data-section={id}>
            <input
              type="radio"
              name="section"
              value={id}
              checked={id === chosenId}
              onChange={() => onChoose(id)}
            />
            <span className="section-head">
              <span className="section-name">{name}</span>
              <span className="section-price">{formatMoney(price, event.currency)}</span>
            </span>
            <AvailabilityBar
              label={`Seats left in ${name}`}
              remaining={remaining}
              capacity={capacity}
            />
            <span className="section-facts">
              <span data-remaining={remaining}>
                {remaining === 0
                  ? 'Sold out'
                  : `${formatCount(remaining)} of ${formatCount(capacity)} left`}
              </span>
              <span>{seating === 'reserved' ? 'Numbered seats' : 'Unnumbered'}</span>
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
