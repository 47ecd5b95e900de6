import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { WriteStream } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { evaluateIn } from './inspector.js';

export interface ServiceProcessOptions {
  /** For people, in messages: `worker 2`. */
  readonly name: string;
  readonly modulePath: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Receives all that the process writes. */
  readonly log: WriteStream;
  /** Told when it ends though nobody ended it. */
  readonly onCrash: (message: string) => void;
}

/** As `npm run start:api` and `npm run start:worker` have it. */
const nodeFlags = [
  '--max-old-space-size=384',
  '--single-threaded-gc',
  '--min-semi-space-size=32',
  '--max-semi-space-size=32',
];
const startAgainMs = 250;
const stopMsMax = 20_000;
const inspectorPattern = /Debugger listening on (ws:\S+)/;

/**
 * One api or worker as it runs in production, in a process of its own, which can be killed, frozen
 * and meddled with. It ends by itself when its channel to this process closes.
 */
export class ServiceProcess {
  readonly #options: ServiceProcessOptions;
  #child: ChildProcess | undefined;
  #inspectorUrl: string | undefined;
  #isExpectedToEnd = false;
  #address: string | undefined;

  constructor(options: ServiceProcessOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.name;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Where it listens; an api that was started again listens where it did before. */
  get address(): string {
    if (this.#address === undefined) throw new Error(`${this.name} does not listen`);
    return this.#address;
  }

  /** Resolves when it works. A server that is down fails a start: it is tried again until it works. */
  async start(): Promise<void> {
    for (;;) {
      const child = this.#fork();
      this.#child = child;
      const exited = once(child, 'exit');
      const ready = await Promise.race([once(child, 'message'), exited.then(() => undefined)]);
      if (ready === undefined) {
        if (this.#isExpectedToEnd) return;
        await delay(startAgainMs);
        continue;
      }
      const [{ address }] = ready as [{ address?: string }];
      this.#address = address;
      child.once('exit', (code, signal) => this.#onExit(child, signal ?? `exit code ${code}`));
      return;
    }
  }

  /**
   * Ends it without a word; resolves to when the signal was sent, in milliseconds since 1970. Of its
   * end this process may hear late: its loop has thousands of buyers.
   */
  async kill(): Promise<number> {
    const atMs = Date.now();
    await this.#end('SIGKILL');
    return atMs;
  }

  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  /** Runs an expression in it; resolves when it has begun. */
  async evaluate(expression: string): Promise<void> {
    if (this.#inspectorUrl === undefined) throw new Error(`${this.name} has no inspector`);
    await evaluateIn(this.#inspectorUrl, expression);
  }

  /** Asks it to finish, frozen or not; after 20 s it is killed. */
  async stop(): Promise<void> {
    this.thaw();
    const deadline = setTimeout(() => this.#child?.kill('SIGKILL'), stopMsMax);
    await this.#end('SIGTERM');
    clearTimeout(deadline);
  }

  #fork(): ChildProcess {
    const { modulePath, environment, log } = this.#options;
    const port = this.#address === undefined ? '0' : new URL(this.#address).port;
    this.#isExpectedToEnd = false;
    const child = fork(modulePath, [], {
      env: { ...environment, PORT: port },
      // Its own process group: Ctrl-C in a terminal is for the run to pass on.
      detached: true,
      execArgv: [...nodeFlags, '--inspect=127.0.0.1:0'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const output of [child.stdout, child.stderr]) output?.pipe(log, { end: false });
    child.stderr?.on('data', (text: Buffer) => {
      const [, url] = inspectorPattern.exec(text.toString()) ?? [];
      if (url !== undefined) this.#inspectorUrl = url;
    });
    return child;
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    this.#isExpectedToEnd = true;
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  #onExit(child: ChildProcess, how: string): void {
    if (this.#isExpectedToEnd || this.#child !== child) return;
    this.#options.onCrash(`${this.name} ended by itself (${how})`);
    void this.start();
  }
}
