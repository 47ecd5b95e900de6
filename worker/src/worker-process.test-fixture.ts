import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const modulePath = fileURLToPath(new URL('../dist/main.js', import.meta.url));

export interface WorkerAddress {
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  readonly prefix: string;
  readonly laneCount: number;
}

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
  readonly atMs: number;
}

/** A worker as it runs in production: `worker/dist/main.js` in a process of its own. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly #exit: Promise<Exit>;

  /** Resolves when the worker has taken its first share of the lanes. */
  static async start(address: WorkerAddress): Promise<WorkerProcess> {
    const child = fork(modulePath, [], {
      env: {
        DATABASE_URL: address.databaseUrl,
        ...(address.redisUrl && { REDIS_URL: address.redisUrl }),
        QUEUE_PREFIX: address.prefix,
        LANES: String(address.laneCount),
        // Small takes, so that a signal comes between many transactions of one sale.
        JOBS_PER_TAKE_MAX: '1',
        LOG_LEVEL: 'fatal',
      },
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const worker = new WorkerProcess(child);
    await Promise.race([
      once(child, 'message'),
      worker.#exit.then(({ code }) => {
        throw new Error(`the worker ended with ${code} before it was ready`);
      }),
    ]);
    return worker;
  }

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#exit = once(child, 'exit').then(([code, signal]) => ({
      code,
      signal,
      atMs: Date.now(),
    }));
  }

  get pid(): number {
    return this.#child.pid as number;
  }

  /** Sends a signal that doesn't end the process. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child.kill(signal);
  }

  /** Ends the process, frozen or not, and waits until it has ended. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<Exit> {
    this.#child.kill(signal);
    return this.#exit;
  }
}

/** The worker process that took the lane last. */
export async function ownerOf(
  databaseUrl: string,
  lane: number,
  workers: readonly WorkerProcess[],
): Promise<{ owner: WorkerProcess; epoch: number }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ owner: string; epoch: string }>(
    'SELECT owner, epoch FROM lanes WHERE lane = $1',
    [lane],
  );
  await client.end();
  const owner = workers.find(({ pid }) => rows[0]?.owner.endsWith(`:${pid}`));
  if (owner === undefined) throw new Error(`none of these workers owns lane ${lane}`);
  return { owner, epoch: Number(rows[0]?.epoch) };
}
