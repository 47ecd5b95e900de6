import type { Terms } from '@stile/core';
import { type Database, deleteEvent, type EventWithSections, findEvent } from '@stile/db';
import type { Outcome } from '@stile/queue';
import type { Caller } from './access/caller.js';
import { laneIsSilent, outcomeOfChange } from './change-terms.js';
import type { Intake } from './intake.js';
import { ProblemError, unknownEvent } from './problems.js';

interface Deps {
  readonly db: Database;
  readonly intake: Intake;
  readonly caller: Caller;
}

/**
 * Deletes an event that has no live bookings, and returns its sections. Every section is closed
 * through its lane, which refuses while somebody has seats; so nothing can be sold between the
 * look and the deletion. When that fails what was closed is opened again, and a problem says why.
 */
export async function closeAndDelete(deps: Deps, id: string): Promise<string[]> {
  const { db } = deps;
  const event = await findEvent(db, id);
  if (event === undefined) throw unknownEvent(id);
  // Most often this tells already, and nobody is turned away for the sake of a vain attempt.
  if (seatsTaken(event) > 0) throw liveBookings(event);

  const closed = await inEverySection(deps, event, { closed: true });
  const allClosed = closed.every((outcome) => outcome?.kind === 'done');
  if (allClosed && (await deleteEvent(db, id))) return event.sections.map((section) => section.id);
  if ((await findEvent(db, id)) === undefined) throw unknownEvent(id);

  const opened = inEverySection(deps, event, { closed: false });
  if (closed.includes(undefined)) {
    // Behind the closing in the same lanes, so it need not be waited for.
    opened.catch(() => undefined);
    throw laneIsSilent(1);
  }
  await opened;
  const after = await findEvent(db, id);
  if (after !== undefined) throw liveBookings(after);
  // Somebody else's deletion came through between the two: its sections stay closed.
  await inEverySection(deps, event, { closed: true });
  throw unknownEvent(id);
}

const inEverySection = (
  { intake, caller }: Deps,
  { sections }: EventWithSections,
  terms: Partial<Terms>,
): Promise<(Outcome | undefined)[]> =>
  Promise.all(sections.map((section) => outcomeOfChange(intake, section, terms, caller)));

const seatsTaken = ({ sections }: EventWithSections): number =>
  sections.reduce((sum, { held, confirmed }) => sum + held + confirmed, 0);

const liveBookings = (event: EventWithSections): ProblemError =>
  new ProblemError('live-bookings', {
    detail: `Cancel its bookings first: ${seatsTaken(event)} seats are held or confirmed.`,
  });
