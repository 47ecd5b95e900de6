import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { Webhook } from 'standardwebhooks';
import type { AddressGuard } from './public-address.js';

/** What is sent, and where. */
export interface Message {
  readonly url: string;
  readonly secret: string;
  /** The same whenever the same event is sent: receivers know a repetition by it. */
  readonly id: string;
  readonly body: string;
}

/** What came of an attempt; only a status from 200 to 299 is a delivery. */
export type Attempt =
  | { readonly kind: 'answered'; readonly statusCode: number }
  | { readonly kind: 'unanswered'; readonly error: string };

const errorLengthMax = 200;

/** Sends messages as Standard Webhooks (standardwebhooks.com). Follows no redirection. */
export class Sender {
  readonly #guard: AddressGuard;
  readonly #timeoutMs: number;
  readonly #http = new HttpAgent({ keepAlive: true });
  readonly #https = new HttpsAgent({ keepAlive: true });

  constructor(guard: AddressGuard, timeoutMs: number) {
    this.#guard = guard;
    this.#timeoutMs = timeoutMs;
  }

  /** Makes one attempt, of `timeoutMs` at most. Never throws. */
  async send(message: Message): Promise<Attempt> {
    try {
      return { kind: 'answered', statusCode: await this.#post(message) };
    } catch (error) {
      const { name, message: text } = error as Error;
      const told = name === 'TimeoutError' ? `no answer in ${this.#timeoutMs} ms` : text || name;
      return { kind: 'unanswered', error: told.slice(0, errorLengthMax) };
    }
  }

  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }

  #post({ url: address, secret, id, body }: Message): Promise<number> {
    const url = new URL(address);
    this.#guard.checkLiteral(url);
    const now = new Date();
    const isSecure = url.protocol === 'https:';
    const request = isSecure ? httpsRequest : httpRequest;
    const signal = AbortSignal.timeout(this.#timeoutMs);
    return new Promise((resolve, reject) => {
      const outgoing = request(url, {
        method: 'POST',
        agent: isSecure ? this.#https : this.#http,
        lookup: this.#guard.lookup,
        signal,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'stile-webhooks/1',
          'webhook-id': id,
          'webhook-timestamp': Math.floor(now.getTime() / 1000),
          'webhook-signature': new Webhook(secret).sign(id, now, body),
        },
      });
      outgoing.on('error', (error) => reject(signal.aborted ? signal.reason : error));
      outgoing.on('response', (response) => {
        resolve(response.statusCode ?? 0);
        // Nobody reads the answer's body; one that never ends is cut off with the attempt.
        response.on('error', () => undefined).resume();
      });
      outgoing.end(body);
    });
  }
}
