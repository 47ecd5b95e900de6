import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { CutKind } from './tcp-proxy.js';

/** What a proxy's thread is asked to do; it answers each order when that is done. */
export type ProxyOrder =
  | { readonly order: 'cut'; readonly kind: CutKind }
  | { readonly order: 'heal' | 'close'; readonly kind?: never };

const threadModule = new URL('../../dist/deployment/tcp-proxy-thread.js', import.meta.url);

/**
 * A `TcpProxy` in a thread of its own. In the thread of the buyers each packet between a worker and
 * its servers would wait for its turn among thousands of answers, and a worker's recovery, which is
 * some twenty round trips, would be theirs to time.
 */
export class ThreadedProxy {
  readonly #thread: Worker;
  /** The server's address with the proxy's host and port. */
  readonly url: string;
  #lastOrder: Promise<unknown> = Promise.resolve();

  static async start(serverUrl: string): Promise<ThreadedProxy> {
    const thread = new Worker(threadModule, { workerData: serverUrl });
    const [url] = await once(thread, 'message');
    return new ThreadedProxy(thread, url);
  }

  private constructor(thread: Worker, url: string) {
    this.#thread = thread;
    this.url = url;
  }

  cut(kind: CutKind): Promise<void> {
    return this.#send({ order: 'cut', kind });
  }

  heal(): Promise<void> {
    return this.#send({ order: 'heal' });
  }

  /** Ends every connection and the thread. */
  async close(): Promise<void> {
    await this.#send({ order: 'close' });
    await this.#thread.terminate();
  }

  async #send(order: ProxyOrder): Promise<void> {
    const sending = this.#lastOrder.then(async () => {
      const done = once(this.#thread, 'message');
      this.#thread.postMessage(order);
      await done;
    });
    this.#lastOrder = sending;
    await sending;
  }
}
