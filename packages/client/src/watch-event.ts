import { createParser } from 'eventsource-parser';
import { pause, retryAfterMs } from './pause.js';
import { problemIn, StileProblem } from './stile-problem.js';

/** What is left of a section. */
export interface Availability {
  readonly sectionId: string;
  readonly remaining: number;
  /** Grows with every change of the section. */
  readonly version: number;
}

export type WatchState =
  | { readonly kind: 'open' }
  | { readonly kind: 'broken'; readonly retryInMs: number };

export interface WatchOptions {
  /** Told of every section at first, and then of each change; never of an older version. */
  readonly onAvailability: (availability: Availability) => void;
  /** Told when the stream is open, and when it broke and will be opened again. */
  readonly onState?: (state: WatchState) => void;
  /** Ends it. */
  readonly signal?: AbortSignal;
}

/** Why watching ended: the event was deleted, or never was; or the signal aborted. */
export type WatchEnd = 'gone' | 'aborted';

/** The server sends something every 15 s; after this silence the connection counts as dead. */
const silenceMsMax = 40_000;
const retryMs = { default: 1_000, max: 30_000 };
/** Answers after which asking again may help; any other problem is thrown. */
const passing: readonly number[] = [408, 429, 500, 502, 503, 504];

/**
 * Follows the stream at `url` until the event is gone or the signal aborts; opens it again when it
 * breaks, from where it was, after the time that the server asks for and, when that is in vain, a
 * longer one each time. Throws a StileProblem for an answer that will not get better.
 */
export async function watchEvent(
  fetch: (request: Request) => Promise<Response>,
  url: string,
  { onAvailability, onState, signal }: WatchOptions,
): Promise<WatchEnd> {
  const versions = new Map<string, number>();
  let lastEventId: string | undefined;
  let askedMs = retryMs.default;
  let inVain = 0;

  const onMessage = (data: string): void => {
    const availability = JSON.parse(data) as Availability;
    const { sectionId, version } = availability;
    if (version <= (versions.get(sectionId) ?? -1)) return;
    versions.set(sectionId, version);
    onAvailability(availability);
  };
  const follow = async (body: ReadableStream<Uint8Array>, onBytes: () => void): Promise<void> => {
    const parser = createParser({
      onEvent: ({ event, data, id }) => {
        if (event === 'availability') onMessage(data);
        lastEventId = id ?? lastEventId;
      },
      onRetry: (ms) => {
        askedMs = ms;
      },
    });
    const decoder = new TextDecoder();
    const reader = body.getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      onBytes();
      parser.feed(decoder.decode(read.value, { stream: true }));
    }
  };

  while (!signal?.aborted) {
    const silent = new AbortController();
    let timer = setTimeout(() => silent.abort(), silenceMsMax);
    const onBytes = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => silent.abort(), silenceMsMax);
    };
    let pauseMs: number | undefined;
    try {
      const headers = {
        accept: 'text/event-stream',
        ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
      };
      const signals =
        signal === undefined ? silent.signal : AbortSignal.any([signal, silent.signal]);
      const response = await fetch(new Request(url, { headers, signal: signals }));
      if (response.status === 404) return 'gone';
      if (response.ok && response.body !== null) {
        inVain = 0;
        onState?.({ kind: 'open' });
        await follow(response.body, onBytes);
      } else if (passing.includes(response.status)) {
        inVain++;
        pauseMs = retryAfterMs(response);
      } else {
        const body = await response.json().catch(() => undefined);
        throw new StileProblem(response.status, problemIn(body));
      }
    } catch (error) {
      if (signal?.aborted) break;
      if (!(error instanceof TypeError) && !silent.signal.aborted) throw error;
      inVain++;
    } finally {
      clearTimeout(timer);
    }
    pauseMs ??= Math.min(askedMs * 2 ** Math.max(0, inVain - 1), retryMs.max);
    onState?.({ kind: 'broken', retryInMs: pauseMs });
    await pause(pauseMs, signal).catch(() => undefined);
  }
  return 'aborted';
}
