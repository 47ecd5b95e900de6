import type { Booking } from '../api/stile.js';
import { formatCount, formatDuration, formatTime } from '../layout/format.js';

interface Step {
  readonly name: string;
  readonly detail: string;
  readonly state: 'done' | 'now' | 'ahead' | 'failed';
}

/** The way of a booking, step by step. */
export function Steps({ booking }: { readonly booking: Booking }) {
  return (
    <ol className="steps">
      {stepsOf(booking).map(({ name, detail, state }) => (
        <li
          key={name}
          className={`step step-${state}`}
          aria-current={state === 'now' ? 'step' : undefined}
        >
          <span className="step-name">{name}</span>
          <span className="step-detail">{detail}</span>
        </li>
      ))}
    </ol>
  );
}

/** The steps taken, the one it is at, and the ones ahead. */
function stepsOf(booking: Booking): Step[] {
  const { status, acceptedAt } = booking;
  const accepted: Step = { name: 'Accepted', detail: formatTime(acceptedAt), state: 'done' };
  if (status === 'queued') {
    return [
      accepted,
      { name: 'In the queue', detail: 'waiting for its turn', state: 'now' },
      { name: 'Decided', detail: '', state: 'ahead' },
    ];
  }
  const decided: Step = { name: 'Decided', detail: decisionOf(booking), state: 'done' };
  return [accepted, decided, endOf(booking)];
}

function decisionOf({ sequence, acceptedAt, decidedAt }: Booking): string {
  const tookMs = decidedAt === undefined ? 0 : Date.parse(decidedAt) - Date.parse(acceptedAt);
  const number = sequence === undefined ? '' : `number ${formatCount(sequence)} of its section, `;
  return `${number}after ${formatDuration(Math.max(0, tookMs))}`;
}

function endOf({ status, expiresAt }: Booking): Step {
  const until = expiresAt === undefined ? '' : formatTime(expiresAt);
  switch (status) {
    case 'held':
      return { name: 'Held', detail: `until ${until}`, state: 'now' };
    case 'confirmed':
      return { name: 'Confirmed', detail: 'the seats are yours', state: 'done' };
    case 'expired':
      return { name: 'Expired', detail: `at ${until}`, state: 'failed' };
    case 'cancelled':
      return { name: 'Cancelled', detail: 'the seats are free again', state: 'failed' };
    default:
      return { name: 'Not booked', detail: 'nothing was taken', state: 'failed' };
  }
}
