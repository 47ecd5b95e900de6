import { SeatMap, SeatPlan, type SeatRow } from '@stile/core';
import type pg from 'pg';

/**
 * The seat map of a reserved section, as it stands in the open transaction of this client; the
 * section must be locked, or it may change meanwhile.
 */
export async function readSeats(client: pg.Client, sectionId: string): Promise<SeatMap> {
  const [plan, taken] = await Promise.all([
    client.query<{ seat_rows: SeatRow[] }>({
      name: 'stile-read-seat-rows',
      text: 'SELECT seat_rows FROM sections WHERE id = $1',
      values: [sectionId],
    }),
    client.query<{ label: string }>({
      name: 'stile-read-taken-seats',
      text: 'SELECT label FROM seats WHERE section_id = $1',
      values: [sectionId],
    }),
  ]);
  const rows = plan.rows[0]?.seat_rows;
  if (rows === undefined) throw new Error(`section ${sectionId} has no rows of seats`);
  const seatPlan = new SeatPlan(rows);
  const positions = taken.rows.map(({ label }) => {
    const position = seatPlan.positionOf(label);
    if (position === undefined) throw new Error(`section ${sectionId} has no seat ${label}`);
    return position;
  });
  return new SeatMap(seatPlan, positions);
}
