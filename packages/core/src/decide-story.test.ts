import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isLive } from './booking.js';
import { decide } from './decide.js';
import { flawedRules } from './flawed-rules.test-fixture.js';
import { PlainModel } from './plain-model.test-fixture.js';
import type { Section } from './section.js';
import { wordOf } from './section.test-fixture.js';
import { type Rule, type Story, seatsOf, story, type Told, tell } from './story.test-fixture.js';

type Guarantee = (rule: Rule) => fc.IProperty<unknown>;

/** Holds for every step of every story. */
const inEveryStep =
  (holds: (told: Told) => boolean): Guarantee =>
  (rule) =>
    fc.property(story, (told) => [...tellUntil(rule, told, holds)].every((step) => step));

function* tellUntil(rule: Rule, told: Story, holds: (told: Told) => boolean): Generator<boolean> {
  for (const step of tell(rule, told)) {
    const holdsHere = holds(step);
    yield holdsHere;
    // A flawed rule may give out what can't be written down.
    if (!holdsHere) return;
  }
}

const seatsAddUp = inEveryStep(({ after }) => {
  const { capacity, remaining, held, confirmed } = after;
  return remaining + held + confirmed === capacity && Math.min(remaining, held, confirmed) >= 0;
});

const whatFitsIsNotSoldOut = inEveryStep(
  ({ command, before, verdict }) =>
    command.kind !== 'book' ||
    wordOf(verdict) !== 'sold_out' ||
    command.quantity > before.section.remaining,
);

const everyDecisionIsNumbered = inEveryStep(({ before, verdict, after }) => {
  if (verdict.kind !== 'recorded') return after.sequence === before.section.sequence;
  const { entry } = verdict;
  return (
    entry.sequence === before.section.sequence + 1 &&
    after.sequence === entry.sequence &&
    entry.remaining === after.remaining
  );
});

const versionCountsChanges = inEveryStep(({ before, after }) => {
  const { sequence: _sequence, rejected: _rejected, version, ...rest } = after;
  const hasChanged = Object.entries(rest).some(
    ([name, value]) => before.section[name as keyof Section] !== value,
  );
  return version === before.section.version + Number(hasChanged);
});

const userStaysWithinLimit = inEveryStep(({ command, before, verdict }) => {
  if (command.kind !== 'book' || verdict.kind !== 'recorded') return true;
  const { maxPerBooking, maxPerUser } = before.section;
  if (verdict.booking === undefined || !isLive(verdict.booking.status)) return true;
  const had = seatsOf(before.bookings.values(), command.userId ?? null);
  return (
    command.quantity <= (maxPerBooking ?? command.quantity) &&
    (maxPerUser === null || (command.userId !== undefined && had + command.quantity <= maxPerUser))
  );
});

const noSeatHasTwoOwners = inEveryStep(({ before, verdict }) => {
  if (verdict.kind !== 'recorded' || verdict.booking === undefined) return true;
  const { booking } = verdict;
  const others = [...before.bookings.values()].filter(({ id }) => id !== booking.id);
  const owned = [...others, booking].filter(({ status }) => isLive(status));
  const seats = owned.flatMap((owner) => owner.seats ?? []);
  const isWhole = booking.seats === null || booking.seats.length === booking.quantity;
  return new Set(seats).size === seats.length && isWhole;
});

const salesKeepToTheirHours = inEveryStep(({ command, before, verdict }) => {
  if (command.kind !== 'book' || verdict.kind !== 'recorded') return true;
  const { salesOpenAtUs, salesCloseAtUs, closed } = before.section;
  const { acceptedAtUs } = command;
  const isOnSale =
    !closed &&
    acceptedAtUs >= (salesOpenAtUs ?? acceptedAtUs) &&
    acceptedAtUs < (salesCloseAtUs ?? Number.POSITIVE_INFINITY);
  const word = wordOf(verdict);
  return word === 'cancelled' || isOnSale === (word !== 'sales_closed');
});

const holdsEndInTime = inEveryStep(({ command, before, nowUs, verdict, after }) => {
  if (command.kind !== 'confirm' && command.kind !== 'expire') return true;
  const hold = before.bookings.get(command.bookingId);
  if (hold?.status !== 'held') return after === before.section;
  const endsUs = Number(hold.expiresAtUs);
  if (command.kind === 'expire') return (wordOf(verdict) === 'expired') === nowUs >= endsUs;
  return wordOf(verdict) === (command.acceptedAtUs < endsUs ? 'confirmed' : 'expired');
});

const cancelledInQueueIsNeverSold = inEveryStep(({ command, before, verdict, after }) => {
  const known = before.bookings.get(command.id);
  if (command.kind !== 'book' || known?.sequence !== null) return true;
  const isRecorded = verdict.kind === 'recorded' && verdict.booking?.sequence === after.sequence;
  return wordOf(verdict) === 'cancelled' && isRecorded && after.held === before.section.held;
});

/** Told twice, as when a job is decided again; changes of terms are not told apart. */
const repeatsChangeNothing: Guarantee = (rule) =>
  fc.property(story, ({ start, steps }) => {
    const twice = steps.flatMap((step) => [step, step]);
    let n = 0;
    return [...tellUntil(rule, { start, steps: twice }, isRepeat)].every((step) => step);
    function isRepeat({ before, after }: Told): boolean {
      return n++ % 2 === 0 || before.section === after;
    }
  });

/** The same far behind the command, when other things have happened since. */
const lateRepeatsChangeNothing: Guarantee = (rule) =>
  fc.property(story, ({ start, steps }) => {
    const recorded = [...tell(rule, { start, steps })].map(
      ({ verdict, command }) => verdict.kind === 'recorded' && command.kind !== 'change',
    );
    const nowUs = steps.at(-1)?.nowUs ?? 0;
    const again = steps.filter((_, n) => recorded[n]).map(({ command }) => ({ command, nowUs }));
    const late = [...tell(rule, { start, steps: [...steps, ...again] })].slice(steps.length);
    return late.every(({ verdict }) => verdict.kind !== 'recorded');
  });

const isAsThePlainModelSays: Guarantee = (rule) =>
  fc.property(story, (told) => {
    const model = new PlainModel(told.start);
    for (const { command, nowUs, verdict, after } of tell(rule, told)) {
      const word = wordOf(verdict);
      expect(word).toBe(model.expected(command, nowUs));
      model.learn(command, word, verdict.kind === 'recorded' ? verdict.booking : undefined);
      expect(after).toMatchObject(model.counters);
    }
  });

describe('in any story of a section, general or reserved', () => {
  const manyRuns = { numRuns: 1_000 };

  test.each<{ promise: string; holds: Guarantee; flaw: keyof typeof flawedRules }>([
    { promise: 'all seats are accounted for', holds: seatsAddUp, flaw: 'sellsSeatsItHasNot' },
    { promise: 'seats return once', holds: seatsAddUp, flaw: 'cancelsTwice' },
    { promise: 'what fits is not sold out', holds: whatFitsIsNotSoldOut, flaw: 'keepsOneBack' },
    {
      promise: 'what is recorded is numbered without a gap',
      holds: everyDecisionIsNumbered,
      flaw: 'numbersNoRejection',
    },
    {
      promise: 'the version counts changes',
      holds: versionCountsChanges,
      flaw: 'countsRejections',
    },
    {
      promise: 'users stay within their limit',
      holds: userStaysWithinLimit,
      flaw: 'checksNoUser',
    },
    {
      promise: 'bookings stay within their limit',
      holds: userStaysWithinLimit,
      flaw: 'checksNoBooking',
    },
    { promise: 'no seat has two owners', holds: noSeatHasTwoOwners, flaw: 'checksNoSeat' },
    { promise: 'sales keep to hours', holds: salesKeepToTheirHours, flaw: 'goesByTheDecisionTime' },
    { promise: 'holds end in time', holds: holdsEndInTime, flaw: 'expiresEarly' },
    { promise: 'who confirms in time wins', holds: holdsEndInTime, flaw: 'goesByTheDecisionTime' },
    {
      promise: 'what was cancelled in the queue is not sold',
      holds: cancelledInQueueIsNeverSold,
      flaw: 'overlooksCancelled',
    },
    {
      promise: 'a repeated command changes nothing',
      holds: repeatsChangeNothing,
      flaw: 'forgetsBookings',
    },
    {
      promise: 'a command repeated late changes nothing',
      holds: lateRepeatsChangeNothing,
      flaw: 'cancelsTwice',
    },
    {
      promise: 'verdicts and counters are those of a plain model',
      holds: isAsThePlainModelSays,
      flaw: 'keepsTheMoney',
    },
  ])('$promise; a rule that $flaw is caught', ({ holds, flaw }) => {
    fc.assert(holds(decide), manyRuns);
    expect(fc.check(holds(flawedRules[flaw]), manyRuns).failed).toBe(true);
  });

  test('everything does happen', () => {
    const words = new Map<string, number>();
    for (const told of fc.sample(story, 1_000)) {
      for (const { command, verdict } of tell(decide, told)) {
        const what = `${command.kind}: ${wordOf(verdict)}`;
        words.set(what, (words.get(what) ?? 0) + 1);
      }
    }
    expect(Object.fromEntries(words)).toMatchObject(everythingThatHappens);
  });
});

const happens = expect.any(Number);
const everythingThatHappens = Object.fromEntries(
  [
    'book: held, confirmed, cancelled, repeated, sold_out, seat_taken, limit_exceeded, sales_closed',
    'confirm: confirmed, expired, repeated, refused: unknown, refused: rejected, refused: cancelled',
    'cancel: cancelled, repeated, refused: unknown, refused: rejected, refused: expired',
    'expire: expired, repeated, refused: unknown',
    'change: changed, repeated, refused: below_sold, refused: reserved, refused: live_bookings',
  ].flatMap((line) => {
    const [kind, words] = line.split(/: (.*)/) as [string, string];
    return words.split(', ').map((word) => [`${kind}: ${word}`, happens]);
  }),
);
