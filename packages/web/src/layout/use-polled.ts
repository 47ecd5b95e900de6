import { useCallback, useEffect, useRef, useState } from 'react';
import { isFinal } from '../api/client.js';

export interface Polled<Value> {
  readonly value: Value | undefined;
  /** Why the last question got no answer; what is shown is older then. */
  readonly failure: Error | undefined;
  /** Asks now. */
  readonly refresh: () => void;
}

const retryMsMin = 1_000;
const retryMsMax = 15_000;

/**
 * Asks again and again while the page is seen: `nextMs` says when, undefined for not any more.
 * What can't be reached is asked for again, later each time; what doesn't exist is not.
 * `read` and `nextMs` must stay the same from one rendering to the next.
 */
export function usePolled<Value>(
  read: () => Promise<Value>,
  nextMs: (value: Value) => number | undefined,
): Polled<Value> {
  const [value, setValue] = useState<Value>();
  const [failure, setFailure] = useState<Error>();
  const askNow = useRef<() => void>(() => undefined);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;
    let stopped = false;
    let round = 0;

    const ask = async (): Promise<void> => {
      clearTimeout(timer);
      round += 1;
      const mine = round;
      const current = () => !stopped && mine === round;
      let waitMs: number | undefined;
      try {
        const answer = await read();
        if (!current()) return;
        failures = 0;
        setValue(() => answer);
        setFailure(undefined);
        waitMs = nextMs(answer);
      } catch (error) {
        if (!current()) return;
        setFailure(error as Error);
        waitMs = isFinal(error) ? undefined : Math.min(retryMsMax, retryMsMin * 2 ** failures);
        failures += 1;
      }
      if (waitMs !== undefined) timer = setTimeout(whenSeen, waitMs);
    };
    const whenSeen = (): void => {
      if (!document.hidden) ask();
    };
    askNow.current = ask;
    ask();
    document.addEventListener('visibilitychange', whenSeen);
    window.addEventListener('online', ask);
    return () => {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', whenSeen);
      window.removeEventListener('online', ask);
    };
  }, [read, nextMs]);

  const refresh = useCallback(() => askNow.current(), []);
  return { value, failure, refresh };
}
