import { Client } from 'undici';
import type { PlannedRequest } from './planned-requests.js';

/** Longer than any server here lets a client wait. */
const answerTimeoutMs = 45_000;

export interface Answer {
  readonly status: number;
  readonly location: string | undefined;
}

/** One keep-alive connection for one request at a time; bodies of answers are read and dropped. */
export class LoadConnection {
  readonly #client: Client;

  constructor(origin: string) {
    this.#client = new Client(origin, {
      pipelining: 1,
      headersTimeout: answerTimeoutMs,
      bodyTimeout: answerTimeoutMs,
    });
  }

  /** undici's `dispatch` makes no stream and no promise: what the load costs, the server lacks. */
  send(
    { method, path, headers, body }: PlannedRequest,
    onAnswer: (answer: Answer) => void,
    onError: (error: NodeJS.ErrnoException) => void,
  ): void {
    let status = 0;
    let location: string | undefined;
    this.#client.dispatch(
      { method, path, ...(headers && { headers }), ...(body !== undefined && { body }) },
      {
        onRequestStart: () => undefined,
        onResponseStart: (_controller, statusCode, answerHeaders) => {
          status = statusCode;
          location = answerHeaders.location as string | undefined;
        },
        onResponseData: () => undefined,
        onResponseEnd: () => onAnswer({ status, location }),
        onResponseError: (_controller, error) => onError(error),
      },
    );
  }

  close(): Promise<void> {
    return this.#client.destroy();
  }
}
