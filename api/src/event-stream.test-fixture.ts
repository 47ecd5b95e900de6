import type { Availability } from '@stile/db';
import { EventSourceParserStream } from 'eventsource-parser/stream';

/** What was left of a section, as a stream told it. */
export interface Told extends Availability {
  /** By which a client resumes: only the last of what was told at once has one. */
  readonly id: string | undefined;
  readonly atMs: number;
}

/** A client of GET /events/:id/stream. */
export interface StreamReader {
  readonly headers: Headers;
  /** Milliseconds to wait before asking again, once the server has said so. */
  readonly retryMs: () => number | undefined;
  /** The next `availability`; undefined when the stream has ended. */
  next(): Promise<Told | undefined>;
  /** Reads up to the first that fits; throws when the stream ends before. */
  until(fits: (told: Told) => boolean): Promise<Told[]>;
  close(): void;
}

/** Opens a stream; throws when it is not one. */
export async function openStream(
  address: string,
  eventId: string,
  lastEventId?: string,
): Promise<StreamReader> {
  const aborting = new AbortController();
  const response = await fetch(`${address}/events/${eventId}/stream`, {
    headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
    signal: aborting.signal,
  });
  if (response.status !== 200 || response.body === null) {
    throw new Error(`${response.status} ${await response.text()}`);
  }
  let retryMs: number | undefined;
  const messages = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(
      new EventSourceParserStream({
        onRetry: (ms) => {
          retryMs = ms;
        },
      }),
    )
    .getReader();
  const next = async (): Promise<Told | undefined> => {
    const { done, value } = await messages.read();
    if (done) return undefined;
    if (value.event !== 'availability') throw new Error(`unexpected event ${value.event}`);
    return { ...(JSON.parse(value.data) as Availability), id: value.id, atMs: performance.now() };
  };
  return {
    headers: response.headers,
    retryMs: () => retryMs,
    next,
    until: async (fits) => {
      const all: Told[] = [];
      for (;;) {
        const told = await next();
        if (told === undefined) throw new Error('the stream ended');
        all.push(told);
        if (fits(told)) return all;
      }
    },
    close: () => aborting.abort(),
  };
}
