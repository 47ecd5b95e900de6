import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import { encodeRetry } from './availability-message.js';

/** Milliseconds after which a client asks again: spread, so that not all of them come at once. */
const retryMs = { min: 1_000, max: 3_000 };

/** Milliseconds that a client may leave unread what was sent to it. */
const unreadMsMax = 30_000;

/**
 * One client's open stream. What it can't take is left out, not kept: what waits for it in memory
 * is bounded by the response's high-water mark and one frame.
 *
 * States: reading ⇄ behind → closed. Behind, it skips frames, and gets the whole state when what
 * was sent to it has left this process.
 */
export class LiveStream {
  readonly #response: ServerResponse;
  /**
   * The socket itself, as there are no chunks to frame: a response corks and uncorks its socket for
   * each write, which doubles what writing to a crowd costs. The response as long as it has none,
   * behind another on the same connection.
   */
  readonly #out: Writable;
  readonly #catchUp: () => Buffer;
  #behindSinceMs: number | undefined;

  /** `catchUp` gives the frame that stands for all the frames it skipped. */
  constructor(response: ServerResponse, catchUp: () => Buffer) {
    this.#response = response;
    this.#out = response.socket ?? response;
    this.#catchUp = catchUp;
  }

  /** Sends the head, with these headers beside its own. `onClose` is called once, at its end. */
  open(headers: OutgoingHttpHeaders, onClose: () => void): void {
    const response = this.#response;
    response.once('close', onClose);
    response.on('error', () => undefined); // 'close' follows.
    this.#out.on('drain', () => {
      if (this.#behindSinceMs === undefined || response.writableEnded) return;
      this.#behindSinceMs = undefined;
      this.#out.write(this.#catchUp());
    });
    // The end of the connection ends the stream: without chunks every client gets the same bytes.
    response.removeHeader('transfer-encoding');
    response.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no', // nginx
      connection: 'close',
    });
    const spread = Math.random() * (retryMs.max - retryMs.min);
    response.write(encodeRetry(Math.round(retryMs.min + spread)));
  }

  /** Sends a frame, or skips it while the client has not taken those before. */
  send(frame: Buffer): void {
    const response = this.#response;
    if (response.destroyed || response.writableEnded) return;
    if (!this.#out.writableNeedDrain) this.#out.write(frame);
    else this.#behindSinceMs ??= performance.now();
  }

  /** Gives up a client that has read nothing for half a minute, or not even that it is over. */
  closeIfStuck(): void {
    const behindMs = performance.now() - (this.#behindSinceMs ?? Number.POSITIVE_INFINITY);
    if (behindMs > unreadMsMax || this.#response.writableEnded) this.#response.destroy();
  }

  /** Ends the stream behind what was sent. */
  end(): void {
    this.#response.end();
  }
}
