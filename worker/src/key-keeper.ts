import { type Database, deleteOldKeys } from '@stile/db';
import type { Logger } from 'pino';

/** Idempotency keys are kept this long at least. */
const keptHours = 24;
const keysPerStep = 1_000;
const intervalMs = 60_000;

/**
 * Removes idempotency keys that are a day old, in steps of a thousand. Every worker does it, and
 * they don't get into each other's way. Returns a function that stops it.
 */
export function keepKeys(db: Database, logger: Logger): () => Promise<void> {
  let stopped = false;
  let removing: Promise<void> = Promise.resolve();
  const remove = async (): Promise<void> => {
    try {
      while (!stopped && (await deleteOldKeys(db, keptHours, keysPerStep)) === keysPerStep);
    } catch (err) {
      logger.error({ err }, 'could not remove old idempotency keys; trying again in a minute');
    }
  };
  const timer = setInterval(() => {
    removing = remove();
  }, intervalMs);
  return async () => {
    stopped = true;
    clearInterval(timer);
    await removing;
  };
}
