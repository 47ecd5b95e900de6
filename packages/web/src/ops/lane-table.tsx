import type { Lane } from '../api/ops.js';
import { formatCount, formatDuration } from '../layout/format.js';

/** The lanes, each with its owner and what it does. */
export function LaneTable({ lanes }: { readonly lanes: readonly Lane[] }) {
  const unowned = lanes.filter(({ owner }) => owner === null).length;
  return (
    <section className="panel panel-lanes" aria-labelledby="lanes-title">
      <div className="panel-head">
        <h2 id="lanes-title">Lanes</h2>
        <p className="panel-figure">
          {unowned === 0 ? (
            'every lane has an owner'
          ) : (
            <strong className="bad">{unowned} without an owner</strong>
          )}
        </p>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <section className="table-scroll" aria-label="Lanes, table" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Lane</th>
              <th scope="col">Owner</th>
              <th scope="col" className="number">
                Backlog
              </th>
              <th scope="col" className="number">
                Oldest
              </th>
              <th scope="col" className="number">
                Decided
              </th>
              <th scope="col" className="number">
                Batch
              </th>
              <th scope="col" className="number">
                Wait p50 / p99
              </th>
            </tr>
          </thead>
          <tbody>
            {lanes.map((lane) => (
              <LaneRow key={lane.lane} lane={lane} />
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

const unknown = '–';

function LaneRow({ lane }: { readonly lane: Lane }) {
  const { owner, epoch, backlogJobs, backlogRequests, oldestAgeMs, batchSize } = lane;
  return (
    <tr data-lane={lane.lane}>
      <th scope="row">
        <a href={`/queues/queue/lane-${lane.lane}`}>lane-{lane.lane}</a>
      </th>
      <td className="owner">
        {owner ?? <strong className="bad">no owner</strong>}{' '}
        <span className="epoch">epoch {epoch}</span>
      </td>
      <td className="number">
        {backlogRequests === undefined ? unknown : formatCount(backlogRequests)}
        {backlogJobs !== undefined && backlogJobs > 0 && (
          <span className="unit">
            {' '}
            in {formatCount(backlogJobs)} {backlogJobs === 1 ? 'job' : 'jobs'}
          </span>
        )}
        {backlogJobs === undefined && <span className="unit"> over 1,000 jobs</span>}
      </td>
      <td className="number">
        {oldestAgeMs === undefined ? unknown : formatDuration(oldestAgeMs)}
      </td>
      <td className="number">
        {formatCount(Math.round(lane.decidedPerSecond))}
        <span className="unit">/s</span>
      </td>
      <td className="number">
        {batchSize === undefined ? unknown : formatCount(Math.round(batchSize * 10) / 10)}
      </td>
      <td className="number">
        {lane.waitP50Ms === undefined || lane.waitP99Ms === undefined
          ? unknown
          : `${formatDuration(lane.waitP50Ms)} / ${formatDuration(lane.waitP99Ms)}`}
      </td>
    </tr>
  );
}
