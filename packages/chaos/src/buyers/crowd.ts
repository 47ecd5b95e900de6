import { setTimeout as delay } from 'node:timers/promises';
import { Random } from '../random.js';
import { Buyer, type Market } from './buyer.js';

export interface CrowdOptions {
  readonly market: Market;
  readonly seed: number;
  /** Buyers who come each second. */
  readonly rate: number;
  /** Nobody comes any more. */
  readonly signal: AbortSignal;
}

const tickMs = 20;
/** While so many requests wait for their answer, nobody new comes: a browser would give up too. */
const openRequestsMax = 3_000;

/** Buyers come one after the other, whatever became of those before; resolves when all have left. */
export async function sendCrowd({ market, seed, rate, signal }: CrowdOptions): Promise<void> {
  const visits = new Set<Promise<void>>();
  const startedMs = performance.now();
  let due = 0;
  for (let number = 0, lastMs = startedMs; !signal.aborted; ) {
    await delay(tickMs);
    const nowMs = performance.now();
    due += ((nowMs - lastMs) * rate) / 1_000;
    lastMs = nowMs;
    for (; due >= 1; due--) {
      if (market.http.open >= openRequestsMax) continue;
      const visit = new Buyer(market, new Random(seed, number), number).visit();
      number++;
      visits.add(visit);
      void visit.finally(() => visits.delete(visit));
    }
  }
  await Promise.all(visits);
}
