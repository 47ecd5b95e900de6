import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isLive } from './booking.js';
import type { Command } from './command.js';
import { type BatchResult, decideBatch } from './decide-batch.js';
import { type Inventory, workingCopy } from './inventory.js';
import {
  book,
  cancel,
  confirm,
  freshInventory,
  freshSection,
  sectionIdOf,
  startUs,
  wordOf,
} from './section.test-fixture.js';
import { type BatchRule, nowUs, Store } from './store.test-fixture.js';
import { commandsFor, sectionInventory } from './story.test-fixture.js';

interface Sale {
  /** With bookings in every stage; some of the holds are over. */
  readonly sections: ReadonlyMap<string, Inventory>;
  readonly commands: readonly Command[];
  readonly batches: readonly (readonly Command[])[];
}

/** Three sections of either kind, commands for them mixed, some of them for one that is unknown. */
const sale: fc.Arbitrary<Sale> = fc
  .tuple(
    ...[0, 1, 2].map((n) => sectionInventory(sectionIdOf(n)).chain((start) => commandsFor(start))),
  )
  .chain((told) => {
    const commands = told.flatMap((section) => section.commands);
    return fc
      .tuple(
        fc.shuffledSubarray(commands, { minLength: commands.length }),
        fc.array(fc.nat(commands.length), { maxLength: 12, size: 'max' }),
      )
      .map(([mixed, cuts]): Sale => {
        const starts = new Map(told.slice(0, 2).map(({ start }) => [start.section.id, start]));
        const [begin = 0, ...bounds] = cuts.sort((a, b) => a - b);
        const ends = [...bounds, mixed.length];
        return {
          sections: new Store(starts)
            .decideAll(decideBatch, [mixed.slice(0, begin)], startUs)
            .load(),
          commands: mixed.slice(begin),
          batches: ends.map((end, n) => mixed.slice(ends[n - 1] ?? begin, end)),
        };
      });
  });

const inBatchesOfOne = (commands: readonly Command[]) => commands.map((command) => [command]);

const cutsDoNotMatter = (rule: BatchRule) =>
  fc.property(sale, ({ sections, commands, batches }) => {
    const one = new Store(sections).decideAll(decideBatch, inBatchesOfOne(commands));
    for (const cut of [batches, [commands]]) {
      const store = new Store(sections).decideAll(rule, cut);
      const { verdicts, entries, bookings } = store;
      expect(verdicts.map((verdict) => verdict && wordOf(verdict))).toEqual(
        one.verdicts.map((verdict) => verdict && wordOf(verdict)),
      );
      expect(verdicts).toEqual(one.verdicts);
      expect(entries).toEqual(one.entries);
      expect(new Set(bookings)).toEqual(new Set(one.bookings));
      expect(store.sections).toEqual(one.sections);
    }
  });

const orderIsKept = (rule: BatchRule) =>
  fc.property(sale, ({ sections, commands, batches }) => {
    const { verdicts, entries } = new Store(sections).decideAll(rule, batches);
    const recorded = commands.filter((_, n) => verdicts[n]?.kind === 'recorded');
    expect(entries.map(({ command, acceptedAtUs }) => [command, acceptedAtUs])).toEqual(
      recorded.map(({ kind, acceptedAtUs }) => [kind, acceptedAtUs]),
    );
    for (const id of sections.keys()) {
      const numbers = entries.filter(({ sectionId }) => sectionId === id).map((e) => e.sequence);
      const first = 1 + (sections.get(id)?.section.sequence ?? 0);
      expect(numbers).toEqual(numbers.map((_, n) => first + n));
    }
  });

const seatsAddUp = (rule: BatchRule) =>
  fc.property(sale, ({ sections, batches }) => {
    const store = new Store(sections).decideAll(rule, batches);
    for (const { id, capacity, remaining, held, confirmed } of store.sections) {
      const live = store.bookings.filter((b) => b.sectionId === id && isLive(b.status));
      const taken = live.reduce((sum, { quantity }) => sum + quantity, 0);
      expect([taken + remaining, held + confirmed]).toEqual([capacity, taken]);
      expect(Math.min(remaining, held, confirmed)).toBeGreaterThanOrEqual(0);
      const seats = live.flatMap((booking) => booking.seats ?? []);
      expect(new Set(seats).size).toBe(seats.length);
    }
  });

/** As after a crash: everything recorded is decided again, changes of terms apart. */
const repeatsChangeNothing = (rule: BatchRule) =>
  fc.property(sale, ({ sections, commands, batches }) => {
    const store = new Store(sections).decideAll(rule, batches);
    const again = commands.filter(
      ({ kind }, n) => kind !== 'change' && store.verdicts[n]?.kind === 'recorded',
    );
    const before = [store.sections, [...store.entries], new Set(store.bookings)];
    store.decideAll(rule, [again]);
    expect([store.sections, store.entries, new Set(store.bookings)]).toEqual(before);
  });

const givenIsLeftAlone = (rule: BatchRule) =>
  fc.property(sale, ({ sections, commands }) => {
    const inventories = [...sections.values()];
    const before = inventories.map(workingCopy);
    rule(sections, commands, nowUs);
    expect(inventories.map((inventory) => inventory.section)).toEqual(
      before.map(({ section }) => section),
    );
    expect(inventories.map(({ bookings }) => bookings)).toEqual(before.map((b) => b.bookings));
    expect(inventories.map((i) => i.seatsOfUsers)).toEqual(before.map((b) => b.seatsOfUsers));
    expect(inventories.map(({ seats }) => seats?.spaces)).toEqual(
      before.map(({ seats }) => seats?.spaces),
    );
  });

const flaws = {
  forgetsWhatIsStored: (sections, commands, now) => {
    const forgetful = [...sections].map(([id, inventory]): [string, Inventory] => [
      id,
      { ...inventory, bookings: new Map() },
    ]);
    return decideBatch(new Map(forgetful), commands, now);
  },
  countsNoUserBeforeTheBatch: (sections, commands, now) => {
    const forgetful = [...sections].map(([id, inventory]): [string, Inventory] => [
      id,
      { ...inventory, seatsOfUsers: new Map() },
    ]);
    return decideBatch(new Map(forgetful), commands, now);
  },
  looksOnceABatch: (sections, commands, now) => {
    const steps = commands.map((command) => decideBatch(sections, [command], now));
    const merge = <Part>(part: (step: BatchResult) => readonly Part[]) => steps.flatMap(part);
    return {
      verdicts: merge((step) => step.verdicts),
      entries: merge((step) => step.entries),
      bookings: merge((step) => step.bookings),
      sections: merge((step) => step.sections),
    };
  },
  servesTheSmallestFirst: (sections, commands, now) => {
    const size = (command: Command) => ('quantity' in command ? command.quantity : 0);
    const order = [...commands.keys()].sort(
      (a, b) => size(commands[a] as Command) - size(commands[b] as Command),
    );
    const sorted = order.map((n) => commands[n] as Command);
    const result = decideBatch(sections, sorted, now);
    return { ...result, verdicts: commands.map((_, n) => result.verdicts[order.indexOf(n)]) };
  },
  worksOnWhatItIsGiven: (sections, commands, now) => {
    const result = decideBatch(sections, commands, now);
    for (const { id, seats } of result.bookings) {
      for (const { seats: map } of sections.values()) {
        const positions = (seats ?? []).map((label) => map?.plan.positionOf(label) ?? -1);
        if (id.length > 0 && positions.every((at) => map?.isFree(at))) map?.take(positions);
      }
    }
    return result;
  },
} satisfies Record<string, BatchRule>;

describe('for any commands to several sections, cut into batches anywhere', () => {
  const manyRuns = { numRuns: 300 };

  test.each<{
    promise: string;
    holds: (rule: BatchRule) => fc.IProperty<unknown>;
    flaw: keyof typeof flaws;
  }>([
    {
      promise: 'verdicts are those of batches of one',
      holds: cutsDoNotMatter,
      flaw: 'servesTheSmallestFirst',
    },
    {
      promise: 'limits are those of batches of one',
      holds: cutsDoNotMatter,
      flaw: 'countsNoUserBeforeTheBatch',
    },
    { promise: 'order is kept', holds: orderIsKept, flaw: 'servesTheSmallestFirst' },
    { promise: 'all seats are accounted for', holds: seatsAddUp, flaw: 'looksOnceABatch' },
    { promise: 'repeats change nothing', holds: repeatsChangeNothing, flaw: 'forgetsWhatIsStored' },
    {
      promise: 'what is given stays as it was',
      holds: givenIsLeftAlone,
      flaw: 'worksOnWhatItIsGiven',
    },
  ])('$promise; a rule that $flaw is caught', ({ holds, flaw }) => {
    fc.assert(holds(decideBatch), manyRuns);
    expect(fc.check(holds(flaws[flaw]), manyRuns).failed).toBe(true);
  });
});

describe('a batch', () => {
  const of = (section: number) => ({ sectionId: sectionIdOf(section) });
  const sections = new Map(
    [2, 5].map((n) => [sectionIdOf(n), freshInventory(freshSection(n, {}, sectionIdOf(n)))]),
  );

  test('gives the last seat to whoever asked first, whatever else it holds', () => {
    const commands = [book(1, 1, of(2)), book(2, 5, of(5)), book(3, 2, of(2)), book(4, 1, of(2))];
    const { verdicts, entries } = decideBatch(sections, commands, nowUs);
    expect(verdicts.map((verdict) => verdict && wordOf(verdict))).toEqual([
      ...['confirmed', 'confirmed', 'sold_out', 'confirmed'],
    ]);
    expect(entries.map(({ sequence }) => sequence)).toEqual([1, 1, 2, 3]);
  });

  test('has no verdict for a section that does not exist, and goes on', () => {
    const result = decideBatch(sections, [book(1, 1, of(9)), book(2, 1, of(2))], nowUs);
    expect(result.verdicts).toEqual([undefined, expect.objectContaining({ kind: 'recorded' })]);
    expect(result.entries).toHaveLength(1);
    expect(result.sections.map(({ section }) => section.id)).toEqual([sectionIdOf(2)]);
  });

  test('tells of a booking once, as it ends up, and of every step in the ledger', () => {
    const hold = book(1, 1, { ...of(2), hold: true });
    const commands = [hold, { ...confirm(1), ...of(2) }, { ...cancel(1), ...of(2) }];
    const { bookings, entries } = decideBatch(sections, commands, nowUs);
    expect(bookings).toMatchObject([{ id: hold.id, status: 'cancelled', sequence: 1 }]);
    expect(entries.map(({ outcome }) => outcome)).toEqual(['held', 'confirmed', 'cancelled']);
  });

  test('in which nothing is recorded touches no section', () => {
    const result = decideBatch(sections, [{ ...cancel(1), ...of(2) }], nowUs);
    expect(result).toMatchObject({ entries: [], bookings: [], sections: [] });
    expect(result.verdicts).toEqual([{ kind: 'refused', refusal: 'unknown' }]);
  });
});
