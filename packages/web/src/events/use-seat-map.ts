import { useEffect, useRef, useState } from 'react';
import { readSeatMap, type SeatMap } from '../api/stile.js';

/** Milliseconds between two looks at a hall at least, however fast its seats go. */
const readEveryMs = 1_000;
const retryMs = 2_000;

/** The hall of a section, read again when the section has a newer version than the map. */
export function useSeatMap(sectionId: string, version: number) {
  const [map, setMap] = useState<SeatMap>();
  const [failure, setFailure] = useState<Error>();
  const [tries, setTries] = useState(0);
  const readAtMs = useRef(Number.NEGATIVE_INFINITY);
  const isOld = map === undefined || map.version < version;

  // biome-ignore lint/correctness/useExhaustiveDependencies: each failure and each map that is old already asks again
  useEffect(() => {
    if (!isOld) return;
    let dropped = false;
    const waitMs = Math.max(0, readAtMs.current + readEveryMs - performance.now());
    const timer = setTimeout(
      async () => {
        readAtMs.current = performance.now();
        try {
          const read = await readSeatMap(sectionId);
          if (dropped) return;
          setMap(read);
          setFailure(undefined);
        } catch (error) {
          if (!dropped) setFailure(error as Error);
        }
        if (!dropped) setTries((count) => count + 1);
      },
      failure === undefined ? waitMs : retryMs,
    );
    return () => {
      dropped = true;
      clearTimeout(timer);
    };
  }, [sectionId, isOld, tries]);

  return { map, failure };
}
