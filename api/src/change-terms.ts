import type { Terms } from '@stile/core';
import type { SectionRow } from '@stile/db';
import type { Outcome } from '@stile/queue';
import { type Caller, givenBy } from './access/caller.js';
import type { Intake } from './intake.js';
import { waitSecondsMax } from './prefer.js';
import { ProblemError } from './problems.js';

type Place = Pick<SectionRow, 'id' | 'lane'>;

/**
 * Changes a section's terms through its lane, behind everything that was asked for before, and
 * waits for the outcome; undefined when that takes longer than a client can wait.
 */
export const outcomeOfChange = (
  intake: Intake,
  { id, lane }: Place,
  terms: Partial<Terms>,
  caller: Caller,
): Promise<Outcome | undefined> =>
  intake.outcomeOf(
    lane,
    { kind: 'change', sectionId: id, terms, ...givenBy(caller) },
    { waitMs: waitSecondsMax * 1000 },
  );

/** The same; a 503 when the lane doesn't answer in time. */
export async function changeTerms(
  intake: Intake,
  section: Place,
  terms: Partial<Terms>,
  caller: Caller,
): Promise<Outcome> {
  const outcome = await outcomeOfChange(intake, section, terms, caller);
  if (outcome === undefined) throw laneIsSilent(intake.pollAfterSeconds(section.lane));
  return outcome;
}

/** Whoever sends the change again loses nothing: done twice it is done once. */
export const laneIsSilent = (retryAfterSeconds: number): ProblemError =>
  new ProblemError('unavailable', {
    detail: 'The change is queued, but its lane did not decide it in time. Send it again.',
    retryAfterSeconds,
  });
