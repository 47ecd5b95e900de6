import { setTimeout as delay } from 'node:timers/promises';
import type { EngineName } from '../options.js';
import { Random } from '../random.js';
import { apiKilled, listenCut } from './api-faults.js';
import type { Fault, FaultKind, FaultScene } from './fault.js';
import { postgresFrozen, postgresKilled, postgresReadOnly } from './postgres-faults.js';
import { redisEmptied, redisFull, redisKilled } from './redis-faults.js';
import {
  clockJumped,
  loopBlocked,
  networkCut,
  workerFrozen,
  workerKilled,
} from './worker-faults.js';

const faults: Readonly<Record<FaultKind, Fault>> = {
  'worker-killed': workerKilled,
  'worker-frozen': workerFrozen,
  'api-killed': apiKilled,
  'redis-killed': redisKilled,
  'redis-emptied': redisEmptied,
  'redis-full': redisFull,
  'postgres-killed': postgresKilled,
  'postgres-frozen': postgresFrozen,
  'postgres-read-only': postgresReadOnly,
  'network-cut': networkCut,
  'listen-cut': listenCut,
  'clock-jumped': clockJumped,
  'loop-blocked': loopBlocked,
};

/** A fault that is due so many ms after the one before it began, or when that one is healed. */
export interface PlannedFault {
  readonly kind: FaultKind;
  readonly afterMs: number;
  /** Its own stream of choices, so that a fault that comes late changes nothing of the next. */
  readonly random: Random;
}

export interface PlanOptions {
  readonly seed: number;
  readonly engine: EngineName;
  readonly kinds: readonly FaultKind[];
  readonly gapMs: readonly [min: number, max: number];
}

/** Streams of the seed that faults draw from; buyers have those from 0 on. */
const firstStream = 0x4000_0000;
/** Deaths of workers in a round: they are what recovery is measured by. */
const workerDeathsPerRound = 4;

/**
 * The faults of a seed, for ever: round after round, each with every kind once, in a random order,
 * and the death of a worker four times. Throws when none of the kinds can strike the engine.
 */
export function* planFaults({
  seed,
  engine,
  kinds,
  gapMs,
}: PlanOptions): Generator<PlannedFault, never> {
  const random = new Random(seed, firstStream);
  const possible = kinds.filter((kind) => faults[kind].engines.includes(engine));
  if (possible.length === 0) throw new RangeError(`no such fault strikes the ${engine} engine`);
  const deaths =
    possible.includes('worker-killed') && possible.length > 1 ? workerDeathsPerRound : 1;
  const round = [
    ...possible,
    ...Array.from({ length: deaths - 1 }, (): FaultKind => 'worker-killed'),
  ];
  for (let stream = firstStream + 1; ; ) {
    for (const kind of random.shuffled(round)) {
      yield { kind, afterMs: random.between(...gapMs), random: new Random(seed, stream++) };
    }
  }
}

/** A healed system is left alone for this long: the next fault should meet it at work. */
const restMs = 1_000;

/** Strikes with one planned fault after the other until `signal` ends it; all is healed then. */
export async function strikeFaults(
  plan: Iterable<PlannedFault>,
  scene: Omit<FaultScene, 'random'>,
  signal: AbortSignal,
): Promise<void> {
  let startedMs = Date.now();
  for (const { kind, afterMs, random } of plan) {
    const waitMs = Math.max(restMs, startedMs + afterMs - Date.now());
    await delay(waitMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    startedMs = Date.now();
    scene.journal.current = kind;
    await faults[kind].strike({ ...scene, random });
    scene.journal.current = undefined;
    scene.journal.faults.push({ kind, fromMs: startedMs, toMs: Date.now() });
  }
}
