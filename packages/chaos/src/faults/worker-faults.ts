import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import type { ServiceProcess } from '../deployment/service-process.js';
import type { Fault, FaultScene } from './fault.js';

/** Killed, and started again when others have had its lanes for a moment. */
export const workerKilled: Fault = {
  engines: ['postgres', 'redis'],
  strike: async ({ deployment, database, journal, random }) => {
    const { process } = random.pick(deployment.workers);
    const lanes = await lanesOf(database, process);
    const atMs = await process.kill();
    journal.deaths.push({ atMs, lanes });
    await delay(random.between(1_500, 3_000));
    await process.start();
  },
};

/** Stopped in mid-air, longer than its lanes wait for it. */
export const workerFrozen: Fault = {
  engines: ['postgres', 'redis'],
  strike: async ({ deployment, random }) => {
    const { process } = random.pick(deployment.workers);
    process.freeze();
    await delay(random.between(6_000, 20_000));
    process.thaw();
  },
};

/** Nothing passes between a worker and its servers: connections break, or stay and are silent. */
export const networkCut: Fault = {
  engines: ['postgres', 'redis'],
  strike: async ({ deployment, random }) => {
    const { network } = random.pick(deployment.workers);
    const kind = random.pick(['reset', 'silence'] as const);
    // All its servers, or one of them: then it can still talk to the other.
    const cut = random.percent(50) ? network : [random.pick(network)];
    await Promise.all(cut.map((proxy) => proxy.cut(kind)));
    await delay(random.between(2_000, 12_000));
    await Promise.all(cut.map((proxy) => proxy.heal()));
  },
};

const blockedMs = 10_000;

/** A process that computes and hears nothing meanwhile: its event loop is blocked for 10 s. */
export const loopBlocked: Fault = {
  engines: ['postgres', 'redis'],
  strike: async (scene) => {
    await anyProcess(scene).evaluate(
      `for (const endMs = performance.now() + ${blockedMs}; performance.now() < endMs; );`,
    );
    await delay(blockedMs);
  },
};

const hourMs = 3_600_000;

/**
 * The wall clock of a process jumps by an hour and back. Programs see it as Date, which is replaced
 * within the process: the machine's own clock is everybody's, and PostgreSQL's with it.
 */
export const clockJumped: Fault = {
  engines: ['postgres', 'redis'],
  strike: async (scene) => {
    const process = anyProcess(scene);
    const byMs = scene.random.pick([-hourMs, hourMs]);
    await process.evaluate(`
      const Real = globalThis.Date;
      globalThis.Date = class extends Real {
        constructor(...args) { args.length === 0 ? super(Real.now() + ${byMs}) : super(...args); }
        static now() { return Real.now() + ${byMs}; }
      };
      globalThis.Date.real = Real;`);
    await delay(scene.random.between(2_000, 6_000));
    await process.evaluate('globalThis.Date = globalThis.Date.real ?? globalThis.Date;');
  },
};

function anyProcess({ deployment, random }: FaultScene): ServiceProcess {
  return random.pick([...deployment.apis, ...deployment.workers.map(({ process }) => process)]);
}

/** The lanes that a worker process took last. */
async function lanesOf(database: pg.Pool, worker: ServiceProcess): Promise<number[]> {
  const { rows } = await database.query<{ lane: number }>(
    `SELECT lane FROM lanes WHERE owner LIKE '%:' || $1`,
    [String(worker.pid)],
  );
  return rows.map(({ lane }) => lane);
}
