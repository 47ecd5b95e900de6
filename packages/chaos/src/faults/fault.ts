import type pg from 'pg';
import type { Deployment } from '../deployment/deployment.js';
import type { Journal } from '../journal.js';
import type { EngineName } from '../options.js';
import type { Random } from '../random.js';

export const faultKinds = [
  'worker-killed',
  'worker-frozen',
  'api-killed',
  'redis-killed',
  'redis-emptied',
  'redis-full',
  'postgres-killed',
  'postgres-frozen',
  'postgres-read-only',
  'network-cut',
  'listen-cut',
  'clock-jumped',
  'loop-blocked',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** What a fault does its damage to. */
export interface FaultScene {
  readonly deployment: Deployment;
  /** Reaches PostgreSQL without a proxy in between. */
  readonly database: pg.Pool;
  readonly journal: Journal;
  readonly random: Random;
}

export interface Fault {
  /** Engines that it can strike. */
  readonly engines: readonly EngineName[];
  /** Does the damage and undoes it; resolves when all servers and processes run again. */
  readonly strike: (scene: FaultScene) => Promise<void>;
}
