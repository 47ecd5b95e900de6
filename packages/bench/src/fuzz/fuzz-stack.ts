import { readdir, readFile } from 'node:fs/promises';
import { auditDatabase } from '@stile/audit';
import pg from 'pg';
import type { OwnStack } from '../own-stack.js';
import { prepareTarget } from './fuzz-target.js';
import { requestsOf } from './openapi-requests.js';
import { otherOperations } from './other-operations.js';
import { type FuzzFault, type FuzzOptions, runFuzz } from './run-fuzz.js';

/** What must be so after the requests, and how it was. */
export interface FuzzFinding {
  readonly what: string;
  readonly holds: boolean;
  readonly seen: string;
}

export interface FuzzOutcome {
  readonly statuses: ReadonlyMap<number, number>;
  readonly faults: readonly FuzzFault[];
  readonly findings: readonly FuzzFinding[];
}

const goodRequests = 101;
/** More than warm code and full caches take; a leak of 1 KB a request would be 200 MB. */
const growthBytesMax = 150_000_000;
const handlesGrowthMax = 50;
const slowerMax = 3;
/** Below this a ratio of times says nothing. */
const noiseMs = 10;

/** Fuzzes a stack that was started for it, and looks at everything that must not have changed. */
export async function fuzzStack(
  stack: OwnStack,
  options: Pick<FuzzOptions, 'count' | 'seed' | 'concurrency' | 'onProgress'>,
): Promise<FuzzOutcome> {
  const { address, databaseUrl } = stack;
  const target = await prepareTarget(address);
  const paths = { ...target.document.paths, ...otherOperations.paths };
  const requests = requestsOf({ paths }, target.known);
  // Compiled code and filled caches count as before.
  const warmUp = { ...options, count: Math.min(options.count, 2_000), onProgress: () => undefined };
  const asked = { address, requests, credential: target.buyer };
  const first = await runFuzz({ ...warmUp, ...asked, seed: options.seed - 1 });
  const usualBeforeMs = await target.usualMs(goodRequests);
  const before = await sizesOf(stack);
  const second = await runFuzz({ ...options, ...asked });
  const usualAfterMs = await target.usualMs(goodRequests);
  await target.settled();
  const after = await sizesOf(stack);
  const faults = [...first.faults, ...second.faults];

  const rows = await countRows(databaseUrl);
  const audit = await auditDatabase(databaseUrl);
  const findings: FuzzFinding[] = [
    {
      what: 'no request failed on our side',
      holds: faults.length === 0,
      seen: `${faults.length} did`,
    },
    {
      what: 'no process died',
      holds: before.pids === after.pids,
      seen: `${before.pids} before, ${after.pids} after`,
    },
    {
      what: 'memory is what it was',
      holds: after.bytes - before.bytes < growthBytesMax,
      seen: `${mb(before.bytes)} before, ${mb(after.bytes)} after`,
    },
    {
      what: 'open files and connections are what they were',
      holds: after.handles - before.handles < handlesGrowthMax,
      seen: `${before.handles} before, ${after.handles} after`,
    },
    {
      what: 'a good request takes its usual time',
      holds: usualAfterMs < Math.max(noiseMs, slowerMax * usualBeforeMs),
      seen: `${usualBeforeMs.toFixed(1)} ms before, ${usualAfterMs.toFixed(1)} ms after`,
    },
    { what: 'the audit is clean', holds: audit.kind === 'clean', seen: JSON.stringify(audit) },
  ];
  for (const kind of ['events', 'users', 'bookings'] as const) {
    const wanted = target.made[kind] + new Set([...first.made[kind], ...second.made[kind]]).size;
    const seen = `${rows[kind]} rows, ${wanted} answered for`;
    // A user who existed is answered for too, and is the one made at the start.
    const slack = kind === 'users' ? 1 : 0;
    findings.push({
      what: `the ${kind} are those that were asked for`,
      holds: rows[kind] <= wanted && rows[kind] >= wanted - slack,
      seen,
    });
  }
  return { statuses: second.statuses, faults, findings };
}

const mb = (bytes: number): string => `${Math.round(bytes / 1_000_000)} MB`;

async function sizesOf({ pids }: OwnStack) {
  const processes = [pids.api, pids.worker];
  const statuses = await Promise.all(
    processes.map((pid) => readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')),
  );
  const numberIn = (name: string) =>
    statuses
      .map((status) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0))
      .reduce((sum, value) => sum + value, 0);
  return {
    pids: processes.join(', '),
    bytes: numberIn('VmRSS') * 1024,
    handles: await handlesOf(processes),
  };
}

async function handlesOf(pids: readonly (number | undefined)[]): Promise<number> {
  const lists = await Promise.all(pids.map((pid) => readdir(`/proc/${pid}/fd`).catch(() => [])));
  return lists.reduce((sum, list) => sum + list.length, 0);
}

async function countRows(databaseUrl: string) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ events: number; users: number; bookings: number }>(
      `SELECT (SELECT count(*)::int FROM events) AS events, (SELECT count(*)::int FROM users) AS users,
              (SELECT count(*)::int FROM bookings) AS bookings`,
    );
    return rows[0] as { events: number; users: number; bookings: number };
  } finally {
    await client.end();
  }
}
