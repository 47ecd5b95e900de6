import { formatTime } from '../layout/format.js';
import type { StreamState } from './use-event.js';

/** Says whether the numbers on the page are live. */
export function StreamLine({
  stream,
  lostAtMs,
}: {
  readonly stream: StreamState;
  readonly lostAtMs: number | undefined;
}) {
  return (
    <p className={`stream stream-${stream}`} role="status" data-stream={stream}>
      <span className="dot" aria-hidden="true" />
      {stream === 'live' && 'Live'}
      {stream === 'connecting' && 'Connecting'}
      {stream === 'lost' &&
        `Connection lost. Numbers are of ${formatTime(lostAtMs ?? Date.now())}; reconnecting.`}
    </p>
  );
}
