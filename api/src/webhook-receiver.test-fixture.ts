import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message as it came in. */
export interface Received {
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly type: string;
  readonly data: {
    readonly bookingId: string;
    readonly sectionId: string;
    readonly sequence: number;
    readonly status: string;
  };
  /** Whether it was answered with 204. */
  taken: boolean;
}

/** What to do with a message: answer with this status, or never. */
export type Behaviour = (message: Received, earlier: readonly Received[]) => number | 'hang';

/** A partner's server, which remembers every message that reaches it. */
export class WebhookReceiver {
  readonly received: Received[] = [];
  behave: Behaviour = () => 204;
  readonly #hanging = new Set<ServerResponse>();
  readonly #server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const { type, data } = JSON.parse(body) as Pick<Received, 'type' | 'data'>;
    const headers = request.headers as Record<string, string>;
    const id = String(headers['webhook-id']);
    const message: Received = { id, headers, body, type, data, taken: false };
    const status = this.behave(message, this.received);
    message.taken = status === 204;
    this.received.push(message);
    if (status === 'hang') this.#hanging.add(response);
    else response.writeHead(status).end();
  });

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  /** The messages of a booking that it took, each by its type, in the order they came. */
  takenOf(bookingId: string): string[] {
    return this.received
      .filter(({ taken, data }) => taken && data.bookingId === bookingId)
      .map(({ type }) => type);
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }
}
