import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { nodeFlags } from '@stile/local';

export interface BenchProcessOptions {
  /** For people, in messages. */
  readonly name: string;
  /** Of what was built: a test, which runs from the sources, starts the same processes. */
  readonly modulePath: string;
  readonly environment: NodeJS.ProcessEnv;
}

const stopDeadlineMs = 20_000;

/**
 * A process of the benchmark. It is ready when it sends its first message, answers a message with
 * one, and ends by itself when its channel to us closes. Its death is a failure: nothing that was
 * measured around it counts.
 */
export class BenchProcess {
  readonly #options: BenchProcessOptions;
  #child: ChildProcess | undefined;

  constructor(options: BenchProcessOptions) {
    this.#options = options;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Resolves with the first message; throws when the process ends before. */
  async start(): Promise<{ readonly address?: string }> {
    const { modulePath, environment } = this.#options;
    this.#child = fork(modulePath, [], {
      env: environment,
      // Ctrl-C is for us to pass on, in the right order.
      detached: true,
      // As for Stile's own processes.
      execArgv: [...nodeFlags],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    return (await this.#nextMessage(this.#child)) as { address?: string };
  }

  /** Sends a message and resolves with the next that comes back. */
  async ask(message: object): Promise<unknown> {
    const child = this.#child;
    if (child === undefined) throw new Error(`the ${this.#options.name} process is not started`);
    const answer = this.#nextMessage(child);
    child.send(message);
    return answer;
  }

  /** Asks it to finish and waits until it has; after 20 s it is killed. Safe to call twice. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    const deadline = setTimeout(() => child.kill('SIGKILL'), stopDeadlineMs);
    await exited;
    clearTimeout(deadline);
  }

  #nextMessage(child: ChildProcess): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const onMessage = (message: unknown): void => {
        child.off('exit', onExit);
        resolve(message);
      };
      const onExit = (code: number | null, signal: string | null): void => {
        child.off('message', onMessage);
        reject(new Error(`the ${this.#options.name} process ended (${signal ?? `code ${code}`})`));
      };
      child.once('message', onMessage);
      child.once('exit', onExit);
    });
  }
}
