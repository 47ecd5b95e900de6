import { setTimeout as delay } from 'node:timers/promises';
import { Agent, type Dispatcher } from 'undici';

export interface BalancedAnswer {
  readonly status: number;
  readonly body: unknown;
}

const checkEveryMs = 100;

/**
 * A load balancer and its clients: sends each request to the next of several addresses in turn, on
 * connections that are kept open. It leaves out those whose health says that they stop, and passes
 * over one that accepts no connection, for then nothing was sent; whatever else goes wrong is thrown.
 * When all are left out, one having started again since, it asks them all.
 */
export class BalancedClient {
  readonly #agent = new Agent();
  readonly #addresses: readonly string[];
  readonly #out = new Set<string>();
  readonly #checking: Promise<void>;
  #closed = false;
  #turn = 0;

  constructor(addresses: readonly string[]) {
    this.#addresses = addresses;
    this.#checking = this.#checkHealth();
  }

  /** Sends JSON; throws when every address refuses, or one breaks off. */
  async post(path: string, body: unknown): Promise<BalancedAnswer> {
    const inTurn = this.#addresses.filter((address) => !this.#out.has(address));
    const healthy = inTurn.length > 0 ? inTurn : this.#addresses;
    const first = this.#turn++;
    for (let refused = 0; ; refused++) {
      try {
        return await answerOf(
          await this.#agent.request({
            ...{ origin: healthy[(first + refused) % healthy.length] ?? '', path, method: 'POST' },
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
          }),
        );
      } catch (error) {
        const { code } = error as { code?: string };
        if (code !== 'ECONNREFUSED' || refused + 1 >= healthy.length) throw error;
      }
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#checking;
    await this.#agent.destroy();
  }

  async #checkHealth(): Promise<void> {
    while (!this.#closed) {
      await Promise.all(this.#addresses.map((address) => this.#check(address)));
      await delay(checkEveryMs);
    }
  }

  async #check(address: string): Promise<void> {
    const isWell = await fetch(`${address}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isWell) this.#out.delete(address);
    else this.#out.add(address);
  }
}

async function answerOf({ statusCode, body }: Dispatcher.ResponseData): Promise<BalancedAnswer> {
  return { status: statusCode, body: await body.json() };
}
