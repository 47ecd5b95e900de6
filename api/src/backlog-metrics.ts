import { jobIdParts } from '@stile/core';
import { type Database, findUnownedLanes } from '@stile/db';
import { type OpenLane, type OpenLanes, within } from '@stile/queue';
import { Gauge, type Registry } from 'prom-client';

export interface BacklogMetricsOptions {
  readonly lanes: OpenLanes;
  readonly db: Database;
  /** True while outcomes are heard. */
  readonly isListening: () => boolean;
}

/** A server that doesn't answer in this time is told as down: Prometheus itself waits 10 s. */
const answerMsMax = 3_000;

/**
 * Shows what waits in every lane and whether the servers answer, as of the last call of the
 * function that it returns; which never throws. Every api process shows the same: take the maximum
 * over them.
 */
export function watchBacklog(
  registry: Registry,
  { lanes, db, isListening }: BacklogMetricsOptions,
): () => Promise<void> {
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const waiting = gauge('stile_lane_waiting_jobs', 'Jobs that wait in the lane.', ['lane']);
  const oldest = gauge(
    'stile_lane_oldest_job_age_seconds',
    'Age of the job that has waited longest in the lane; 0 when none waits.',
    ['lane'],
  );
  const unowned = gauge('stile_lanes_without_owner', 'Lanes in which no worker decides.');
  const up = gauge(
    'stile_up',
    'Whether this process reaches the queue and the database, and hears of outcomes: 1 or 0.',
    ['part'],
  );

  const lookAtLane = async ({ queue, lane }: OpenLane): Promise<void> => {
    const [jobs, [first]] = await Promise.all([
      queue.getWaitingCount(),
      queue.getRanges(['waiting'], 0, 0, true),
    ]);
    const ageMs = first === undefined ? 0 : Date.now() - jobIdParts(first).timeMs;
    waiting.set({ lane }, jobs);
    oldest.set({ lane }, Math.max(0, ageMs) / 1000);
  };
  const lookAtQueue = async (): Promise<void> => {
    await Promise.all(lanes.all.map(lookAtLane));
  };
  const lookAtDatabase = async (): Promise<void> =>
    unowned.set((await findUnownedLanes(db)).length);

  return async () => {
    // What can't be looked up is left out, rather than told as it was.
    for (const looked of [waiting, oldest, unowned]) looked.reset();
    const [queue, database] = await Promise.allSettled([
      within(lookAtQueue(), answerMsMax, 'looking at the lanes'),
      within(lookAtDatabase(), answerMsMax, 'looking for the owners of lanes'),
    ]);
    up.set({ part: 'queue' }, isUp(queue));
    up.set({ part: 'database' }, isUp(database));
    up.set({ part: 'outcomes' }, isListening() ? 1 : 0);
  };
}

const isUp = (look: PromiseSettledResult<void>): 0 | 1 => (look.status === 'fulfilled' ? 1 : 0);
