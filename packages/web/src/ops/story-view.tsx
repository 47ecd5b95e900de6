import type { LedgerLine, Story } from '../api/ops.js';
import { statusWord } from '../booking/describe-booking.js';
import { formatCount, formatSeats } from '../layout/format.js';

/** All that is known of a booking, from its request to its end. */
export function StoryView({ story }: { readonly story: Story }) {
  const { booking, queueName, jobId, ledger } = story;
  return (
    <div className="story" data-story={booking.id}>
      <p className="story-head">
        <span className={`status status-${booking.status}`}>{statusWord[booking.status]}</span>{' '}
        {formatSeats(booking.quantity)} in {story.sectionName}, {story.eventName}
      </p>
      <ol className="story-lines">
        <li>
          <span className="story-time">{timeOf(booking.acceptedAt)}</span>
          <span>
            <strong>accepted</strong> by api process {story.apiProcess}; carried by job{' '}
            <a href={`/queues/queue/${queueName}/${jobId}`}>
              <code>{jobId}</code>
            </a>{' '}
            in {queueName}
          </span>
        </li>
        {ledger.length === 0 && (
          <li>
            <span className="story-time">now</span>
            <span>
              <strong>queued</strong>: the ledger has nothing of it yet
              {booking.position !== undefined && `; ${formatCount(booking.position)} ahead of it`}
            </span>
          </li>
        )}
        {ledger.map((line) => (
          <Line key={line.sequence} line={line} />
        ))}
      </ol>
    </div>
  );
}

function Line({ line }: { readonly line: LedgerLine }) {
  const { command, outcome, reason, seats, expiresAt, remaining } = line;
  return (
    <li data-sequence={line.sequence}>
      <span className="story-time">{timeOf(line.decidedAt)}</span>
      <span>
        <strong>
          {command} → {outcome}
        </strong>
        {reason !== undefined && ` (${reason})`}
        {line.caller !== undefined && `, asked for by ${line.caller}`}
        {seats !== undefined && `, seats ${seats.join(', ')}`}
        {expiresAt !== undefined && outcome === 'held' && `, until ${timeOf(expiresAt)}`}
        <span className="story-small">
          sequence {formatCount(line.sequence)}, {formatCount(line.placeInBatch)} of{' '}
          {formatCount(line.batchSize)} in its batch, decided {formatCount(line.waitMs)} ms after it
          was accepted; {formatCount(remaining)} left after it
        </span>
      </span>
    </li>
  );
}

/** With milliseconds, by the browser's clock zone. */
const timeOf = (iso: string): string => {
  const date = new Date(iso);
  const time = date.toLocaleTimeString('en-GB');
  return `${time}.${String(date.getMilliseconds()).padStart(3, '0')}`;
};
