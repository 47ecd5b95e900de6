import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** What the clients of a crowd were told. */
export interface Heard {
  readonly streams: number;
  /** Streams that the server ended. */
  readonly ended: number;
  /** `availability` events, over all streams. */
  readonly messages: number;
  /** Streams that were told of this version of the section last. */
  readonly upToDate: number;
  /** What reading it all took of the processor. */
  readonly cpuSeconds: number;
}

/** Connections that are made at the same time. */
const openingMax = 100;
const marker = Buffer.from('event: availability');

interface Listener {
  readonly socket: Socket;
  last: Buffer;
  messages: number;
  ended: boolean;
}

/**
 * Many clients of GET /events/:id/stream. Plain sockets that count what they hear: on a small
 * machine the crowd shares the processors with the server, and must cost little beside it.
 */
export class Crowd {
  readonly #listeners: Listener[] = [];
  #cpuBefore = process.cpuUsage();

  /** Opens the streams; resolves when each has its snapshot. */
  async open(address: string, eventId: string, streams: number): Promise<void> {
    const { hostname, port } = new URL(address);
    const request =
      `GET /events/${eventId}/stream HTTP/1.1\r\nHost: ${hostname}:${port}\r\n` +
      `Accept: text/event-stream\r\n\r\n`;
    for (let opened = 0; opened < streams; opened += openingMax) {
      const count = Math.min(openingMax, streams - opened);
      await Promise.all(
        Array.from({ length: count }, () => this.#openOne(hostname, Number(port), request)),
      );
    }
    this.#cpuBefore = process.cpuUsage();
    for (const listener of this.#listeners) listener.messages = 0;
  }

  /** What was heard since all streams were open; `version` is what the section came to. */
  heard(version: number): Heard {
    const { user, system } = process.cpuUsage(this.#cpuBefore);
    const told = `"version":${version}}`;
    return {
      streams: this.#listeners.length,
      ended: this.#listeners.filter(({ ended }) => ended).length,
      messages: this.#listeners.reduce((sum, { messages }) => sum + messages, 0),
      upToDate: this.#listeners.filter(({ last }) => last.includes(told)).length,
      cpuSeconds: (user + system) / 1_000_000,
    };
  }

  /** Leaves all streams. */
  close(): void {
    for (const { socket } of this.#listeners) socket.destroy();
    this.#listeners.length = 0;
  }

  async #openOne(host: string, port: number, request: string): Promise<void> {
    const socket = connect({ host, port });
    const listener: Listener = { socket, last: Buffer.alloc(0), messages: 0, ended: false };
    socket.on('error', () => undefined); // 'close' follows.
    socket.on('close', () => {
      listener.ended = true;
    });
    await once(socket, 'connect');
    const first = new Promise<void>((resolve, reject) => {
      socket.once('close', () => reject(new Error('a stream was refused')));
      socket.on('data', (chunk) => {
        let at = chunk.indexOf(marker);
        if (at >= 0) {
          listener.last = chunk;
          resolve();
        }
        for (; at >= 0; at = chunk.indexOf(marker, at + marker.length)) listener.messages++;
      });
    });
    socket.write(request);
    await first;
    this.#listeners.push(listener);
  }
}
