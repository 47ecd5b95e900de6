import { useState } from 'react';
import type { Event, Section } from '../api/stile.js';
import { formatDuration, formatMoney, formatSeats } from '../layout/format.js';
import { Notice } from '../layout/notice.js';
import { Stepper } from '../layout/stepper.js';
import { BuyerFields } from './buyer-fields.js';
import { SeatChooser } from './seat-chooser.js';
import { useBook } from './use-book.js';

/** Seats that one person would want at once, where the section sets no bound. */
const quantityMax = 10;

/** Asks for seats of one section: so many, or these. */
export function BookPanel({
  event,
  section,
}: {
  readonly event: Event;
  readonly section: Section;
}) {
  const { id, seating, price, holdSeconds, remaining, version } = section;
  const max = Math.min(section.maxPerBooking ?? quantityMax, section.maxPerUser ?? quantityMax);
  const [quantity, setQuantity] = useState(1);
  const [chooses, setChooses] = useState(false);
  const [seats, setSeats] = useState<readonly string[]>([]);
  const needsBuyer = section.maxPerUser !== undefined;
  const { submit, sending, failure, buyer, setBuyer } = useBook(event, section);

  const wanted = chooses ? seats.length : quantity;
  const ask = (hold: boolean): void => {
    submit({ sectionId: id, hold, ...(chooses ? { seats: [...seats] } : { quantity }) });
  };
  return (
    <form
      className="book-panel"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        ask(true);
      }}
    >
      <p className="book-section">{section.name}</p>
      {seating === 'reserved' && <HowToChoose chooses={chooses} onChange={setChooses} />}
      {chooses ? (
        <SeatChooser
          sectionId={id}
          version={version}
          chosen={seats}
          max={max}
          onChange={setSeats}
        />
      ) : (
        <Stepper label="Number of seats" value={quantity} max={max} onChange={setQuantity} />
      )}
      {needsBuyer && <BuyerFields buyer={buyer} max={max} onChange={setBuyer} />}
      <p className="sum" aria-live="polite">
        {wanted === 0 ? (
          'No seats chosen yet'
        ) : (
          <>
            {formatSeats(wanted)} <strong>{formatMoney(wanted * price, event.currency)}</strong>
          </>
        )}
      </p>
      {failure !== undefined && <Notice kind="error">{failure}</Notice>}
      {remaining === 0 && failure === undefined && (
        <p className="hint">
          This section is sold out. You can ask all the same: seats may return.
        </p>
      )}
      <div className="book-buttons">
        <button type="submit" className="button-main" disabled={sending || wanted === 0}>
          {sending ? 'Sending…' : `Hold ${formatSeats(Math.max(1, wanted))}`}
        </button>
        <button
          type="button"
          className="button-plain"
          disabled={sending || wanted === 0}
          onClick={(clicked) => {
            if (clicked.currentTarget.form?.reportValidity()) ask(false);
          }}
        >
          Book at once
        </button>
      </div>
      <p className="hint">
        A hold keeps the seats for {formatDuration(holdSeconds * 1000)}; confirm it before that.
        Requests are decided in the order in which they arrive.
      </p>
    </form>
  );
}

function HowToChoose({
  chooses,
  onChange,
}: {
  readonly chooses: boolean;
  readonly onChange: (chooses: boolean) => void;
}) {
  const option = (label: string, value: boolean) => (
    <label>
      <input type="radio" name="how" checked={chooses === value} onChange={() => onChange(value)} />
      <span>{label}</span>
    </label>
  );
  return (
    <fieldset className="switch">
      <legend className="visually-hidden">Which seats</legend>
      {option('Best available', false)}
      {option('Choose seats', true)}
    </fieldset>
  );
}
