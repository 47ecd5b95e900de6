import type { Command } from './command.js';
import { decideBook, rejectUndecidable } from './decide-book.js';
import { decideChange } from './decide-change.js';
import { decideCancel, decideConfirm, decideExpire } from './decide-live.js';
import type { Inventory } from './inventory.js';
import type { Verdict } from './outcome.js';

/**
 * Decides one command against one section: the only place where seats are given or taken back.
 *
 * Total and pure: the same inventory, command and time give the same verdict on a worker, in the
 * audit's replay and in a test. `nowUs` is the database's clock, in microseconds since 1970.
 */
export function decide(inventory: Inventory, command: Command, nowUs: number): Verdict {
  switch (command.kind) {
    case 'book':
      return decideBook(inventory, command, nowUs);
    case 'confirm':
      return decideConfirm(inventory, command);
    case 'cancel':
      return decideCancel(inventory, command);
    case 'expire':
      return decideExpire(inventory, command, nowUs);
    case 'change':
      return decideChange(inventory, command);
  }
}

/** The verdict on a command that can't be decided, so that those behind it can be. */
export const giveUp = (inventory: Inventory, command: Command): Verdict =>
  command.kind === 'book'
    ? rejectUndecidable(inventory, command)
    : { kind: 'refused', refusal: 'undecidable' };
