import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { nodeFlags } from './node-flags.js';

/** What a child says over its channel once it works. */
export interface ReadyMessage {
  /** Where it listens, when it does. */
  readonly address?: string;
  /** Where its metrics are, when that is an address of their own. */
  readonly metricsAddress?: string;
}

export interface ChildOptions {
  /** For people, in messages. */
  readonly name: string;
  readonly modulePath: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Receives what the child logs: lines of JSON. */
  readonly log: NodeJS.WritableStream;
  readonly onRestart: (message: string) => void;
}

const restartDelayMs = 500;
const stopDeadlineMs = 20_000;

/**
 * A process of ours that is started again when it dies. The child stops by itself when its channel
 * to us closes, so that even our own sudden death leaves nothing behind.
 */
export class Child {
  readonly #options: ChildOptions;
  #process: ChildProcess | undefined;
  #restart: NodeJS.Timeout | undefined;
  #stopping = false;
  #learned: NodeJS.ProcessEnv = {};

  constructor(options: ChildOptions) {
    this.#options = options;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Resolves when the child works; throws when it ends before that. */
  async start(): Promise<ReadyMessage> {
    const { name, modulePath, environment, log } = this.#options;
    const child = fork(modulePath, [], {
      env: { ...environment, ...this.#learned },
      // Its own process group: Ctrl-C in a terminal is for us to pass on, in the right order.
      detached: true,
      execArgv: [...nodeFlags],
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    this.#process = child;
    child.stdout?.pipe(log, { end: false });
    const ready = once(child, 'message').then(([message]) => message as ReadyMessage);
    const ended = once(child, 'exit').then(([code, signal]) => {
      throw new Error(`the ${name} ended before it was ready (${signal ?? `exit code ${code}`})`);
    });
    const message = await Promise.race([ready, ended]);
    // A restarted child listens where its clients know it to be.
    if (message.address !== undefined) this.#learned.PORT = portOf(message.address);
    if (message.metricsAddress !== undefined) {
      this.#learned.METRICS_PORT = portOf(message.metricsAddress);
    }
    ended.catch((error: Error) => this.#onEnd(error));
    return message;
  }

  /** Asks the child to finish and waits until it has; after 20 s it is killed. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#restart);
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    const deadline = setTimeout(() => child.kill('SIGKILL'), stopDeadlineMs);
    await exited;
    clearTimeout(deadline);
  }

  #onEnd(_error: Error): void {
    if (this.#stopping) return;
    this.#options.onRestart(`the ${this.#options.name} died; starting it again`);
    this.#restart = setTimeout(() => {
      this.start().catch((error: Error) => this.#onEnd(error));
    }, restartDelayMs);
  }
}

const portOf = (address: string): string => new URL(address).port;
