import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { Catalogue } from './buyers/catalogue.js';
import { sendCrowd } from './buyers/crowd.js';
import { Http } from './buyers/http.js';
import { checkRun, type Verdict } from './checker/check-run.js';
import { type Deployment, startDeployment } from './deployment/deployment.js';
import type { ChaosServers } from './deployment/servers.js';
import type { FaultKind } from './faults/fault.js';
import { type PlannedFault, strikeFaults } from './faults/strike-faults.js';
import { History } from './history.js';
import { Journal } from './journal.js';
import { type LaneRecovery, recoveriesOf } from './recovery.js';

export interface ChaosRun {
  readonly servers: ChaosServers;
  /** How long buyers come, at most: they also stop when the plan has come to its end. */
  readonly seconds: number;
  readonly plan: Iterable<PlannedFault>;
  readonly rate: number;
  /** Of the buyers' wishes. */
  readonly seed: number;
  /** Hears how far the run is, now and then. */
  readonly onProgress?: (progress: ChaosProgress) => void;
  /** Ends the run early; what was done by then is still checked. */
  readonly signal?: AbortSignal;
}

export interface ChaosProgress {
  readonly elapsedSeconds: number;
  /** Requests to book that were begun. */
  readonly requests: number;
  /** HTTP requests that wait for their answer. */
  readonly open: number;
  readonly faults: number;
  readonly fault: FaultKind | undefined;
}

export interface ChaosReport extends Verdict {
  readonly requests: number;
  /** HTTP requests by what they were answered with. */
  readonly answers: ReadonlyMap<string, number>;
  readonly faults: ReadonlyMap<FaultKind, number>;
  readonly recoveries: readonly LaneRecovery[];
  /** How long buyers came, and the HTTP requests that were answered meanwhile. */
  readonly seconds: number;
  readonly answered: number;
  readonly logFolder: string;
}

const progressEveryMs = 5_000;
/** How long buyers come back after the last of them came. */
const patienceMs = 60_000;

/** Runs a deployment on the servers, sends buyers and faults, and judges what came of it. */
export async function runChaos(run: ChaosRun): Promise<ChaosReport> {
  const { servers, seconds, rate, seed } = run;
  const deployment = await startDeployment(servers);
  const history = new History();
  const journal = new Journal();
  const http = new Http(history);
  const database = new pg.Pool({
    ...{ connectionString: servers.databaseUrl, max: 4, application_name: 'stile-chaos' },
  });
  database.on('error', () => undefined);
  const startedMs = Date.now();
  const elapsedSeconds = () => (Date.now() - startedMs) / 1_000;
  const ticker = setInterval(
    () =>
      run.onProgress?.({
        elapsedSeconds: elapsedSeconds(),
        requests: history.requests.length,
        open: http.open,
        faults: journal.faults.length,
        fault: journal.current,
      }),
    progressEveryMs,
  );
  const closing = closeAfter(seconds * 1_000, run.signal);
  const { signal } = closing;
  const whileOpen = { seconds: 0, answered: 0 };
  signal.addEventListener('abort', () => {
    whileOpen.seconds = elapsedSeconds();
    whileOpen.answered = history.answered;
  });
  let isSound = false;
  try {
    const addresses = deployment.apis.map(({ address }) => address);
    const catalogue = new Catalogue(http, addresses, rate);
    await catalogue.open(signal);
    const isOver = () => Date.now() > closing.atMs + patienceMs;
    const market = { http, catalogue, history, addresses, isOver };
    const striking = strikeFaults(run.plan, { deployment, database, journal }, signal);
    await Promise.all([
      sendCrowd({ market, seed, rate, signal }),
      striking.finally(() => closing.close()),
    ]);
    await untilQuiet(database);
    const verdict = withCrashes(await checkRun(database, history, journal.emptied), deployment);
    isSound = verdict.violations.length === 0;
    return {
      ...verdict,
      requests: history.requests.length,
      answers: history.answers,
      faults: countKinds(journal),
      recoveries: await recoveriesOf(database, journal.deaths),
      ...whileOpen,
      logFolder: deployment.logFolder,
    };
  } finally {
    clearInterval(ticker);
    closing.cancel();
    await http.close();
    await deployment.stop(!isSound);
    await database.end();
  }
}

/** A signal after so many ms, or when the other one comes, which knows when that was. */
function closeAfter(ms: number, other: AbortSignal | undefined) {
  const controller = new AbortController();
  const close = () => {
    closing.atMs = Math.min(closing.atMs, Date.now());
    controller.abort();
  };
  const timer = setTimeout(close, ms);
  other?.addEventListener('abort', close, { once: true });
  const cancel = () => {
    clearTimeout(timer);
    other?.removeEventListener('abort', close);
  };
  const closing = { signal: controller.signal, atMs: Number.POSITIVE_INFINITY, close, cancel };
  return closing;
}

const quietMs = 2_000;
const quietWithinMs = 60_000;

/** Until no hold is left to end and nothing was decided for a moment. */
async function untilQuiet(database: pg.Pool): Promise<void> {
  const deadlineMs = Date.now() + quietWithinMs;
  for (let before = ''; Date.now() < deadlineMs; ) {
    const { rows } = await database.query<{ now: string; held: number }>(
      `SELECT (SELECT count(*) FROM ledger) AS now,
              (SELECT count(*)::int FROM bookings WHERE status = 'held') AS held`,
    );
    const { now = '', held = 0 } = rows[0] ?? {};
    if (now === before && held === 0) return;
    before = now;
    await delay(quietMs);
  }
}

function withCrashes(verdict: Verdict, { crashes }: Deployment): Verdict {
  const found = crashes.map((detail) => ({ promise: 'no process ends by itself', detail }));
  return { ...verdict, violations: [...verdict.violations, ...found] };
}

function countKinds({ faults }: Journal): Map<FaultKind, number> {
  const counts = new Map<FaultKind, number>();
  for (const { kind } of faults) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}
