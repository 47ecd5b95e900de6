import { Client, type Dispatcher } from 'undici';

/** An answer as far as a buyer cares. */
export interface HttpAnswer {
  readonly status: number;
  /** What Retry-After asks for; undefined without one. */
  readonly retryAfterMs: number | undefined;
  /** The body, read as JSON; undefined when it is none. */
  readonly body: unknown;
}

/** Longer than a server lets a client wait for an outcome (30 s). */
const answerTimeoutMs = 45_000;
const connectTimeoutMs = 10_000;

/**
 * One keep-alive connection, used for one request at a time. It is undici's `dispatch`, which makes
 * no stream for a body: on a small machine buyers and server share the processors, and what the
 * buyers cost is missing in the server's rate.
 */
export class Connection {
  readonly #client: Client;
  readonly #headers: Readonly<Record<string, string>>;

  /** `headers` go with every request. */
  constructor(origin: string, headers: Readonly<Record<string, string>> = {}) {
    this.#headers = headers;
    this.#client = new Client(origin, {
      pipelining: 1,
      headersTimeout: answerTimeoutMs,
      bodyTimeout: answerTimeoutMs,
      connect: { timeout: connectTimeoutMs },
    });
  }

  get(path: string): Promise<HttpAnswer> {
    return this.#send({ method: 'GET', path, headers: { ...this.#headers } });
  }

  /** `json` is the body, written out. */
  post(path: string, json: string): Promise<HttpAnswer> {
    const headers = { 'content-type': 'application/json', ...this.#headers };
    return this.#send({ method: 'POST', path, headers, body: json });
  }

  /** Closes it at once; a request under way fails. */
  async close(): Promise<void> {
    await this.#client.destroy();
  }

  #send(request: Dispatcher.DispatchOptions): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      let status = 0;
      let retryAfterMs: number | undefined;
      const chunks: Buffer[] = [];
      this.#client.dispatch(request, {
        // undici takes a handler without this method for one of its older kind.
        onRequestStart: () => undefined,
        onResponseStart: (_controller, statusCode, headers) => {
          status = statusCode;
          retryAfterMs = secondsToMs(headers['retry-after']);
        },
        onResponseData: (_controller, chunk) => {
          chunks.push(chunk);
        },
        onResponseEnd: () => resolve({ status, retryAfterMs, body: parseJson(chunks) }),
        onResponseError: (_controller, error) => reject(error),
      });
    });
  }
}

/** Retry-After may also be a date; Stile sends seconds. */
function secondsToMs(header: string | string[] | undefined): number | undefined {
  return typeof header === 'string' && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : undefined;
}

function parseJson(chunks: readonly Buffer[]): unknown {
  try {
    return JSON.parse(String(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
  } catch {
    return undefined;
  }
}
