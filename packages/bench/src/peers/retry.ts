import { setTimeout as delay } from 'node:timers/promises';
import { type PeerOutcome, patienceMs } from './peer.js';

/**
 * Tries until there is an outcome, waiting 0 to 2 × `retryDelayMs` before each further try, for as
 * long as a client waits. `undefined` from `attempt` is a conflict.
 */
export async function retryConflicts(
  attempt: () => Promise<PeerOutcome | undefined>,
  retryDelayMs: number,
): Promise<PeerOutcome> {
  const deadlineMs = performance.now() + patienceMs;
  do {
    const outcome = await attempt();
    if (outcome !== undefined) return outcome;
    await delay(Math.random() * 2 * retryDelayMs);
  } while (performance.now() < deadlineMs);
  return { kind: 'gave-up', cause: 'every try met a conflict' };
}
