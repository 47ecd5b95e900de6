import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Heard } from './crowd.js';

/** What the process of a crowd is asked; it answers each in turn. */
export type CrowdRequest =
  | {
      readonly kind: 'open';
      readonly address: string;
      readonly eventId: string;
      readonly streams: number;
    }
  | { readonly kind: 'heard'; readonly version: number }
  | { readonly kind: 'close' };

const crowdModule = fileURLToPath(new URL('./crowd-main.js', import.meta.url));

/** A crowd in a process of its own, so that the load is not slowed down by what the crowd reads. */
export class CrowdProcess {
  readonly #child: ChildProcess = fork(crowdModule, []);

  async open(address: string, eventId: string, streams: number): Promise<void> {
    await this.#ask({ kind: 'open', address, eventId, streams });
  }

  async heard(version: number): Promise<Heard> {
    return (await this.#ask({ kind: 'heard', version })) as Heard;
  }

  async close(): Promise<void> {
    await this.#ask({ kind: 'close' });
  }

  /** Ends the process. Safe to call twice. */
  stop(): void {
    this.#child.kill();
  }

  #ask(request: CrowdRequest): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const onExit = (): void => reject(new Error('the crowd ended'));
      this.#child.once('exit', onExit);
      this.#child.once('message', (answer: { readonly error?: string }) => {
        this.#child.off('exit', onExit);
        if (answer.error === undefined) resolve(answer);
        else reject(new Error(answer.error));
      });
      this.#child.send(request);
    });
  }
}
