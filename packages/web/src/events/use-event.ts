import { useCallback, useEffect, useRef, useState } from 'react';
import { client } from '../api/client.js';
import { type Event, readEvent } from '../api/stile.js';
import { usePolled } from '../layout/use-polled.js';
import { withNewest, withNews } from './live-event.js';

export type StreamState = 'connecting' | 'live' | 'lost';

export interface LiveEvent {
  readonly event: Event | undefined;
  readonly failure: Error | undefined;
  readonly stream: StreamState;
  /** When the stream was lost: what is shown is of then. */
  readonly lostAtMs: number | undefined;
}

const once = (): undefined => undefined;

/** An event whose availability follows the stream; read again when a lost stream is back. */
export function useEvent(eventId: string): LiveEvent {
  const read = useCallback(() => readEvent(eventId), [eventId]);
  const { value, failure, refresh } = usePolled(read, once);
  const [event, setEvent] = useState<Event>();
  const [stream, setStream] = useState<StreamState>('connecting');
  const [lostAtMs, setLostAtMs] = useState<number>();
  const wasLost = useRef(false);

  useEffect(() => {
    if (value !== undefined) setEvent((known) => withNewest(value, known));
  }, [value]);

  const exists = value !== undefined;
  useEffect(() => {
    if (!exists) return;
    const onState = (state: StreamState): void => {
      setStream(state);
      setLostAtMs((since) => (state === 'lost' ? (since ?? Date.now()) : undefined));
      // Prices and limits don't come over the stream.
      if (state === 'live' && wasLost.current) refresh();
      wasLost.current = state === 'lost';
    };
    let watching = new AbortController();
    const watch = (): void => {
      watching.abort();
      watching = new AbortController();
      client
        .watch(eventId, {
          signal: watching.signal,
          onAvailability: (news) => setEvent((known) => known && withNews(known, news)),
          onState: ({ kind }) => onState(kind === 'open' ? 'live' : 'lost'),
        })
        .then((end) => {
          if (end === 'gone') refresh();
        })
        .catch(() => onState('lost'));
    };
    watch();
    // A connection that came back need not wait for the next attempt.
    window.addEventListener('online', watch);
    return () => {
      window.removeEventListener('online', watch);
      watching.abort();
    };
  }, [eventId, exists, refresh]);

  return { event, failure, stream, lostAtMs };
}
