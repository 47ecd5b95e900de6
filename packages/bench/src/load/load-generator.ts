import { fileURLToPath } from 'node:url';
import { BenchProcess } from '../servers/bench-process.js';
import type { LoadReply, LoadRequest, PollingSale } from './load-request.js';
import type { LoadResult, LoadSpec } from './load-spec.js';

const module = fileURLToPath(new URL('../../dist/load/main.js', import.meta.url));

/** The process that makes the load; it is used for every server, one run after the other. */
export class LoadGenerator {
  readonly #process = new BenchProcess({ name: 'load', modulePath: module, environment: {} });

  async start(): Promise<void> {
    await this.#process.start();
  }

  run(spec: LoadSpec): Promise<LoadResult> {
    return this.#ask({ kind: 'load', spec }) as Promise<LoadResult>;
  }

  sellToPolling(
    options: Extract<LoadRequest, { kind: 'polling-sale' }>['options'],
  ): Promise<PollingSale> {
    return this.#ask({ kind: 'polling-sale', options }) as Promise<PollingSale>;
  }

  stop(): Promise<void> {
    return this.#process.stop();
  }

  async #ask(request: LoadRequest): Promise<LoadResult | PollingSale> {
    const reply = (await this.#process.ask(request)) as LoadReply;
    if (reply.kind === 'failed') throw new Error(`the load failed: ${reply.message}`);
    return reply.result;
  }
}
