import { isStoredAlready } from '@stile/db';
import type { TakenJob } from '@stile/queue';
import { type DecidedJob, type DecidedJobs, decideJobs, type LaneDesk } from './decide-jobs.js';

/** A command that is given up, and the request that it came with. */
export interface Poison {
  readonly commandId: string;
  readonly requestId: string | undefined;
}

/** Told of a command that is given up, with what the database said of it. */
export type OnPoison = (poison: Poison, error: unknown) => void;

/**
 * Decides the jobs like `decideJobs`; but when what they come to can't be stored, halves them until
 * the command at fault stands alone, and gives up that one: a request to book is rejected as
 * `internal_error`, another command refused. Its neighbours are decided, each in its turn, in as
 * many transactions as there are halves. Throws what is not the commands' fault.
 */
export async function decideIsolating(
  desk: LaneDesk,
  jobs: readonly TakenJob[],
  isInOrder: Promise<boolean>,
  onPoison: OnPoison,
): Promise<DecidedJobs> {
  try {
    return await decideJobs(desk, jobs, isInOrder);
  } catch (error) {
    const ids = jobs.flatMap((job) => job.commands.map((command) => command.id));
    if (!isPoison(error) || ids.length === 0) throw error;
    // What kept that one from being decided is not the fault of these.
    await desk.before?.decided;
    if (ids.length === 1) return decideAlone(desk, jobs, isInOrder, onPoison);
    // What is remembered may be what was wrong.
    desk.memory.clear();
    // The batch after this one follows both halves, not the first.
    const half = { ...desk, batch: undefined };
    const [front, back] = halve(jobs, Math.ceil(ids.length / 2));
    const first = await decideIsolating(half, front, isInOrder, onPoison);
    const second = await decideIsolating(half, back, Promise.resolve(true), onPoison);
    return {
      jobs: joined([...first.jobs, ...second.jobs]),
      holdEndsInUs: earlier(first.holdEndsInUs, second.holdEndsInUs),
    };
  }
}

/** Tries a single command once more from what is stored alone, and then gives it up. */
async function decideAlone(
  desk: LaneDesk,
  jobs: readonly TakenJob[],
  isInOrder: Promise<boolean>,
  onPoison: OnPoison,
): Promise<DecidedJobs> {
  const ids = jobs.flatMap((job) => job.commands.map((command) => command.id));
  try {
    desk.memory.clear();
    return await decideJobs(desk, jobs, isInOrder);
  } catch (error) {
    if (!isPoison(error)) throw error;
    onPoison(poisonIn(jobs), error);
    return decideJobs({ ...desk, undecidable: new Set(ids) }, jobs, isInOrder);
  }
}

/** The only command in these jobs. */
function poisonIn(jobs: readonly TakenJob[]): Poison {
  const job = jobs.find(({ commands }) => commands.length > 0);
  return { commandId: job?.commands[0]?.id ?? '', requestId: job?.requestIds()[job.from ?? 0] };
}

/** Classes of SQLSTATE that speak of the data: wrong values, broken constraints. */
const dataErrors = /^(22|23)/;

function isPoison(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return dataErrors.test(code) && !isStoredAlready(error);
  return error instanceof TypeError || error instanceof RangeError;
}

/** The jobs cut behind the first `count` commands; one job may be cut in two parts. */
function halve(jobs: readonly TakenJob[], count: number): [TakenJob[], TakenJob[]] {
  const front: TakenJob[] = [];
  const back: TakenJob[] = [];
  let left = count;
  for (const job of jobs) {
    const { commands, from = 0 } = job;
    const taken = Math.min(left, commands.length);
    left -= taken;
    if (taken > 0) front.push({ ...job, commands: commands.slice(0, taken), from });
    const rest = commands.slice(taken);
    if (rest.length > 0 || commands.length === 0) {
      back.push({ ...job, commands: rest, from: from + taken });
    }
  }
  return [front, back];
}

/** The parts of a job put together again: it is settled once. */
function joined(parts: readonly DecidedJob[]): DecidedJob[] {
  const whole = new Map<string, DecidedJob>();
  for (const part of parts) {
    const before = whole.get(part.job.id)?.returnValue ?? [];
    whole.set(part.job.id, { job: part.job, returnValue: [...before, ...part.returnValue] });
  }
  return [...whole.values()];
}

const earlier = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
