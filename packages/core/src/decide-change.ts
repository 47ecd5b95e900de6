import type { ChangeCommand } from './command.js';
import type { Inventory } from './inventory.js';
import type { Verdict } from './outcome.js';
import type { Section, Terms } from './section.js';

/**
 * Decides a change of a section's terms. Both what was and what is go into the ledger, so that
 * every later decision can be replayed under the terms of its time.
 */
export function decideChange(inventory: Inventory, command: ChangeCommand): Verdict {
  const { section, changesMade } = inventory;
  if (changesMade?.has(command.id)) return { kind: 'repeated', booking: undefined };
  const { terms } = command;
  const changed = (Object.keys(terms) as (keyof Terms)[]).filter(
    (name) => terms[name] !== undefined && terms[name] !== section[name],
  );
  if (changed.length === 0) return { kind: 'repeated', booking: undefined };

  const taken = section.held + section.confirmed;
  if (changed.includes('capacity')) {
    if (section.seating === 'reserved') return { kind: 'refused', refusal: 'reserved' };
    if ((terms.capacity ?? 0) < taken) return { kind: 'refused', refusal: 'below_sold' };
  }
  if (terms.closed === true && taken > 0) return { kind: 'refused', refusal: 'live_bookings' };

  const to = pick(terms, changed);
  const after: Section = {
    ...section,
    ...to,
    remaining: (terms.capacity ?? section.capacity) - taken,
    sequence: section.sequence + 1,
    version: section.version + 1,
  };
  return {
    kind: 'recorded',
    section: after,
    booking: undefined,
    entry: {
      sectionId: section.id,
      sequence: after.sequence,
      command: 'change',
      bookingId: null,
      userId: null,
      caller: command.caller ?? null,
      quantity: 0,
      outcome: 'changed',
      reason: null,
      remaining: after.remaining,
      seats: null,
      chosen: null,
      expiresAtUs: null,
      change: { id: command.id, from: pick(section, changed), to },
      acceptedAtUs: command.acceptedAtUs,
    },
  };
}

const pick = (from: Partial<Terms>, names: readonly (keyof Terms)[]): Partial<Terms> =>
  Object.fromEntries(names.map((name) => [name, from[name]]));
