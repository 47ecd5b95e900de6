import { useEffect, useState } from 'react';
import { serverNow } from '../api/server-time.js';

/** The server's time in ms, renewed this often while the component is shown. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
