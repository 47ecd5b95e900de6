import { type KeyboardEvent, memo, useRef, useState } from 'react';
import type { SeatRow } from '../api/stile.js';
import { movedBy, type SeatPlace, statusAt } from './seat-map-state.js';

interface SeatMapViewProps {
  readonly rows: readonly SeatRow[];
  readonly chosen: readonly string[];
  /** Nothing more can be chosen. */
  readonly isFull: boolean;
  readonly onToggle: (label: string) => void;
}

/**
 * The hall from above, the front on top. One stop of the Tab key; arrow keys go from seat to seat,
 * Space and Enter choose.
 */
export function SeatMapView({ rows, chosen, isFull, onToggle }: SeatMapViewProps) {
  const [place, setPlace] = useState<SeatPlace>({ row: 0, seat: 0 });
  const grid = useRef<HTMLFieldSetElement>(null);

  const onKeyDown = (event: KeyboardEvent): void => {
    const next = movedBy(event.key, place, rows);
    if (next.row === place.row && next.seat === place.seat) return;
    event.preventDefault();
    setPlace(next);
    const seat = `[data-place="${next.row}:${next.seat}"]`;
    grid.current?.querySelector<HTMLButtonElement>(seat)?.focus();
  };
  return (
    <div className="hall">
      <p className="stage" aria-hidden="true">
        Stage
      </p>
      <fieldset
        ref={grid}
        className="seat-grid"
        aria-label="Seats, the front row first. Arrow keys go from seat to seat."
        onKeyDown={onKeyDown}
      >
        {rows.map((row, index) => (
          <Row
            key={row.row}
            index={index}
            row={row.row}
            seats={row.seats}
            chosen={chosenIn(row.row, chosen)}
            isFull={isFull}
            tabStop={place.row === index ? place.seat : -1}
            onFocus={setPlace}
            onToggle={onToggle}
          />
        ))}
      </fieldset>
      <ul className="legend">
        <li className="legend-available">free</li>
        <li className="legend-chosen">yours</li>
        <li className="legend-held">held</li>
        <li className="legend-confirmed">sold</li>
      </ul>
    </div>
  );
}

const chosenIn = (row: string, chosen: readonly string[]): string =>
  chosen.filter((label) => label.slice(0, label.lastIndexOf('-')) === row).join(' ');

interface RowProps extends SeatRow {
  readonly index: number;
  /** Labels with a space between. */
  readonly chosen: string;
  readonly isFull: boolean;
  /** The seat that the Tab key stops at; -1 for none in this row. */
  readonly tabStop: number;
  readonly onFocus: (place: SeatPlace) => void;
  readonly onToggle: (label: string) => void;
}

/** Drawn again only when one of its own seats changes: halls have thousands. */
const Row = memo(function Row(props: RowProps) {
  const { index, row, seats, chosen, isFull, tabStop, onFocus, onToggle } = props;
  const mine = chosen.split(' ');
  return (
    <div className="seat-row">
      <span className="row-name" aria-hidden="true">
        {row}
      </span>
      {Array.from(seats, (_, seat) => {
        const label = `${row}-${seat + 1}`;
        const status = statusAt({ row, seats }, seat);
        const isMine = mine.includes(label);
        const canToggle = isMine || (status === 'available' && !isFull);
        return (
          <button
            key={label}
            type="button"
            className={`seat seat-${isMine ? 'chosen' : status}`}
            data-place={`${index}:${seat}`}
            data-seat={label}
            tabIndex={tabStop === seat ? 0 : -1}
            aria-pressed={isMine}
            aria-disabled={!canToggle}
            aria-label={`Row ${row}, seat ${seat + 1}, ${isMine ? 'chosen' : describe[status]}`}
            onFocus={() => onFocus({ row: index, seat })}
            onClick={() => canToggle && onToggle(label)}
          />
        );
      })}
      <span className="row-name" aria-hidden="true">
        {row}
      </span>
    </div>
  );
});

const describe = { available: 'free', held: 'held by somebody', confirmed: 'sold' } as const;
