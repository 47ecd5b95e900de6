import type { Booking } from './booking.js';
import type { Command } from './command.js';
import { decide, giveUp } from './decide.js';
import { evolve, type Inventory, type WorkingInventory, workingCopy } from './inventory.js';
import type { LedgerEntry, Verdict } from './outcome.js';
import type { SeatMap } from './seat-map.js';
import type { Section } from './section.js';

/** A section as a batch leaves it. */
export interface SectionAfter {
  readonly section: Section;
  readonly seats: SeatMap | undefined;
}

/** What a batch of commands came to. */
export interface BatchResult {
  /** One for each command, in the order given; `undefined` when its section doesn't exist. */
  readonly verdicts: readonly (Verdict | undefined)[];
  /** What goes into the ledger, in the order decided. */
  readonly entries: readonly LedgerEntry[];
  /** The bookings that are new or changed, as they are after the batch, each once. */
  readonly bookings: readonly Booking[];
  /** The sections in which something was recorded. */
  readonly sections: readonly SectionAfter[];
}

/**
 * Folds `decide` over a batch, in order. Cutting a stream of commands into batches anywhere gives
 * the same verdicts as batches of one, when `nowUs` is the same. Nothing given is changed. Commands
 * whose ids are in `undecidable` are given up.
 */
export function decideBatch(
  inventories: ReadonlyMap<string, Inventory>,
  commands: readonly Command[],
  nowUs: number,
  undecidable: ReadonlySet<string> = new Set(),
): BatchResult {
  const working = new Map<string, WorkingInventory>();
  const verdicts: (Verdict | undefined)[] = [];
  const entries: LedgerEntry[] = [];
  const bookings = new Map<string, Booking>();
  const recorded = new Set<WorkingInventory>();

  for (const command of commands) {
    const inventory = workOn(working, inventories, command.sectionId);
    const verdict =
      inventory &&
      (undecidable.has(command.id)
        ? giveUp(inventory, command)
        : decide(inventory, command, nowUs));
    verdicts.push(verdict);
    if (inventory === undefined || verdict?.kind !== 'recorded') continue;
    evolve(inventory, verdict);
    entries.push(verdict.entry);
    recorded.add(inventory);
    if (verdict.booking !== undefined) bookings.set(verdict.booking.id, verdict.booking);
  }
  return {
    verdicts,
    entries,
    bookings: [...bookings.values()],
    sections: [...recorded].map(({ section, seats }) => ({ section, seats })),
  };
}

function workOn(
  working: Map<string, WorkingInventory>,
  inventories: ReadonlyMap<string, Inventory>,
  sectionId: string,
): WorkingInventory | undefined {
  const copied = working.get(sectionId);
  const inventory = inventories.get(sectionId);
  if (copied !== undefined || inventory === undefined) return copied;
  const copy = workingCopy(inventory);
  working.set(sectionId, copy);
  return copy;
}
