import { decide } from './decide.js';
import type { Verdict } from './outcome.js';
import { SeatMap } from './seat-map.js';
import type { Section } from './section.js';
import type { Rule } from './story.test-fixture.js';

/** Rules that decide as `decide` does but for one flaw each: what the tests are to catch. */
export const flawedRules = {
  sellsSeatsItHasNot: under({ remaining: 99 }),
  keepsOneBack: (inventory, command, nowUs) => {
    const isLast = command.kind === 'book' && command.quantity === inventory.section.remaining;
    const seen = isLast ? { ...inventory.section, remaining: 0 } : inventory.section;
    return decide({ ...inventory, section: seen, seats: undefined }, command, nowUs);
  },
  numbersNoRejection: leaving(({ entry }, { sequence }) =>
    entry.outcome === 'rejected' ? { sequence } : {},
  ),
  countsRejections: leaving((_, { version }) => ({ version: version + 1 })),
  checksNoUser: under({ maxPerUser: null }),
  checksNoBooking: under({ maxPerBooking: null }),
  checksNoSeat: (inventory, command, nowUs) => {
    const seats = inventory.seats && new SeatMap(inventory.seats.plan);
    return decide({ ...inventory, seats }, command, nowUs);
  },
  goesByTheDecisionTime: (inventory, command, nowUs) =>
    decide(inventory, { ...command, acceptedAtUs: nowUs }, nowUs),
  expiresEarly: (inventory, command, nowUs) =>
    decide(inventory, command, command.kind === 'expire' ? nowUs + 1e9 : nowUs),
  overlooksCancelled: (inventory, command, nowUs) => {
    const decided = [...inventory.bookings].filter(([, { sequence }]) => sequence !== null);
    return decide({ ...inventory, bookings: new Map(decided) }, command, nowUs);
  },
  cancelsTwice: (inventory, command, nowUs) => {
    if (command.kind !== 'cancel') return decide(inventory, command, nowUs);
    const booking = inventory.bookings.get(command.bookingId);
    if (booking?.status !== 'cancelled') return decide(inventory, command, nowUs);
    const live = { ...booking, status: 'confirmed' as const };
    return decide({ ...inventory, bookings: new Map([[live.id, live]]) }, command, nowUs);
  },
  forgetsBookings: (inventory, command, nowUs) =>
    decide(
      command.kind === 'book' ? { ...inventory, bookings: new Map() } : inventory,
      command,
      nowUs,
    ),
  keepsTheMoney: leaving(({ entry }, { revenue }) =>
    entry.outcome === 'cancelled' ? { revenue } : {},
  ),
} satisfies Record<string, Rule>;

/** Decides requests to book as if the section's terms were these. */
function under(seen: Partial<Section>): Rule {
  return (inventory, command, nowUs) => {
    if (command.kind !== 'book') return decide(inventory, command, nowUs);
    const { section } = inventory;
    const verdict = decide({ ...inventory, section: { ...section, ...seen } }, command, nowUs);
    if (verdict.kind !== 'recorded') return verdict;
    const names = Object.keys(seen) as (keyof Section)[];
    const kept = Object.fromEntries(names.map((name) => [name, section[name]]));
    return { ...verdict, section: { ...verdict.section, ...kept } };
  };
}

/** Decides rightly, and leaves the section otherwise. */
function leaving(
  after: (verdict: Extract<Verdict, { kind: 'recorded' }>, before: Section) => Partial<Section>,
): Rule {
  return (inventory, command, nowUs) => {
    const verdict = decide(inventory, command, nowUs);
    if (verdict.kind !== 'recorded') return verdict;
    return { ...verdict, section: { ...verdict.section, ...after(verdict, inventory.section) } };
  };
}
