import type { Processor, Queue, Worker } from 'bullmq';
import type pg from 'pg';
import { openPostgresEngine } from './postgres-engine.js';
import type { TaskWorkerOptions } from './queue-options.js';
import { openRedisEngine } from './redis-engine.js';

/** Where the lanes live: on Redis when `redisUrl` is given, else on PostgreSQL. */
export interface EngineOptions {
  readonly databaseUrl: string;
  /** A server, or nodes of a Redis Cluster with commas between them. */
  readonly redisUrl?: string | undefined;
  /** Starts every Redis key, so that several installations can share a server. */
  readonly prefix: string;
  /**
   * `producer`: adds jobs; a lost server is an error at once, and what is added is on disk.
   * `consumer`: takes jobs; waits for a lost server to come back.
   */
  readonly role: 'producer' | 'consumer';
  readonly onError: (error: Error) => void;
}

/** One of BullMQ's two backends, opened: makes the queues and workers of lanes. */
export interface Engine {
  readonly name: 'redis' | 'postgres';
  /** The connections of the queue, when it is on PostgreSQL. */
  readonly pool?: pg.Pool;
  queue(lane: number): Queue;
  /**
   * A worker without a processor: jobs are fetched by hand, and a fetch waits up to `takeWaitMs`
   * for one. Takes a connection of its own.
   */
  worker(lane: number, takeWaitMs: number): Worker;
  /** A queue beside the lanes, whose jobs may fail and be tried again. */
  taskQueue(name: string): Queue;
  /** Works such a queue off with BullMQ's own loop; the caller runs and closes it. */
  taskWorker(name: string, process: Processor, options: TaskWorkerOptions): Worker;
  /** Resolves when every server that may carry a lane answers; throws when one doesn't. */
  ping(): Promise<void>;
  /** Resolves when any of them answers; throws when none does. */
  pingAny(): Promise<void>;
  /** Closes what the engine itself opened; queues and workers are closed by who asked for them. */
  close(): Promise<void>;
}

/** Opens the engine that the options name, and waits until its server answers. */
export const openEngine = (options: EngineOptions): Promise<Engine> =>
  options.redisUrl === undefined
    ? openPostgresEngine(options)
    : openRedisEngine(options, options.redisUrl);
