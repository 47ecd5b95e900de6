import { useEffect } from 'react';
import { Notice } from '../layout/notice.js';
import { stillFree } from './seat-map-state.js';
import { SeatMapView } from './seat-map-view.js';
import { useSeatMap } from './use-seat-map.js';

/** A hall to choose seats in, kept up to date; seats that others took leave the choice. */
export function SeatChooser({
  sectionId,
  version,
  chosen,
  max,
  onChange,
}: {
  readonly sectionId: string;
  /** Of the section, as the stream has it: a newer one makes the map be read again. */
  readonly version: number;
  readonly chosen: readonly string[];
  readonly max: number;
  readonly onChange: (seats: readonly string[]) => void;
}) {
  const { map, failure } = useSeatMap(sectionId, version);
  useEffect(() => {
    if (map === undefined) return;
    const left = stillFree(map.rows, chosen);
    if (left.length < chosen.length) onChange(left);
  }, [map, chosen, onChange]);

  if (map === undefined) {
    return failure === undefined ? (
      <p className="hint">Drawing the hall…</p>
    ) : (
      <Notice kind="warning">{failure.message} Trying again.</Notice>
    );
  }
  const toggle = (label: string): void => {
    if (chosen.includes(label)) onChange(chosen.filter((seat) => seat !== label));
    else if (chosen.length < max) onChange([...chosen, label]);
  };
  return (
    <>
      <SeatMapView
        rows={map.rows}
        chosen={chosen}
        isFull={chosen.length >= max}
        onToggle={toggle}
      />
      <p className="chosen-seats" aria-live="polite">
        {chosen.length === 0 ? `Choose up to ${max}` : `Chosen: ${chosen.join(', ')}`}
      </p>
    </>
  );
}
