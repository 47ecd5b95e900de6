import { Agent, request } from 'undici';
import { type History, noAnswer } from '../history.js';

/** What a server answered, and when. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly sentMs: number;
  readonly heardMs: number;
  readonly retryAfterMs: number;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly json?: unknown;
  readonly key?: string | undefined;
}

/** Longer than any client here asks the server to wait. */
const answerMsMax = 45_000;
const connectMsMax = 2_000;

/** Sends requests and keeps count of what came back. */
export class Http {
  readonly #agent = new Agent({
    connect: { timeout: connectMsMax },
    headersTimeout: answerMsMax,
    bodyTimeout: answerMsMax,
  });
  readonly #history: History;
  #open = 0;

  constructor(history: History) {
    this.#history = history;
  }

  /** Requests that wait for their answer. */
  get open(): number {
    return this.#open;
  }

  /** Undefined when no whole answer came: the connection was refused or broke, or it took too long. */
  async send(
    address: string,
    { method, path, json, key }: HttpRequest,
  ): Promise<HttpAnswer | undefined> {
    const sentMs = Date.now();
    this.#open++;
    try {
      const { statusCode, headers, body } = await request(`${address}${path}`, {
        ...{ method, dispatcher: this.#agent },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        headers: {
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...(key === undefined ? {} : { 'idempotency-key': key }),
        },
      });
      const text = await body.text();
      this.#history.count(String(statusCode));
      return {
        status: statusCode,
        body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
        sentMs,
        heardMs: Date.now(),
        retryAfterMs: Number(headers['retry-after'] ?? 0) * 1_000,
      };
    } catch {
      this.#history.count(noAnswer);
      return undefined;
    } finally {
      this.#open--;
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}
