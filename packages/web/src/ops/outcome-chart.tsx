import { type Outcome, outcomes, type Second } from '../api/ops.js';
import { formatCount } from '../layout/format.js';
import { type Column, chartSeconds, columnsOf, niceMax } from './chart-data.js';

const width = 720;
const height = 200;
const left = 44;
const bottom = 22;
const top = 8;
const columnWidth = (width - left) / chartSeconds;
const gap = 1.5;

/** Outcomes a second over the last minute, stacked. */
export function OutcomeChart({
  seconds,
  now,
}: {
  readonly seconds: readonly Second[];
  readonly now: string;
}) {
  const columns = columnsOf(seconds, now);
  const max = niceMax(Math.max(...columns.map(({ total }) => total)));
  const shown = outcomes.filter(
    (outcome) => outcome !== 'changed' || columns.some(({ counts }) => counts.changed > 0),
  );
  const last = columns.at(-1);
  return (
    <section className="panel panel-chart" aria-labelledby="chart-title">
      <div className="panel-head">
        <h2 id="chart-title">Outcomes a second</h2>
        <p className="panel-figure" data-total={last?.total ?? 0}>
          <strong>{formatCount(last?.total ?? 0)}</strong> in the last second
        </p>
      </div>
      <svg
        className="chart"
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={describe(columns)}
      >
        {[0, 0.5, 1].map((share) => (
          <Gridline key={share} share={share} max={max} />
        ))}
        {columns.map((column, index) => (
          <Stack key={column.second} column={column} x={left + index * columnWidth} max={max} />
        ))}
        <text className="axis" x={left} y={height - 4}>
          {chartSeconds} s ago
        </text>
        <text className="axis" x={width} y={height - 4} textAnchor="end">
          now
        </text>
      </svg>
      <ul className="chart-legend">
        {shown.map((outcome) => (
          <li key={outcome} className={`key key-${outcome}`}>
            {outcome} <span className="key-count">{formatCount(sumOf(columns, outcome))}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const inner = height - top - bottom;

function Gridline({ share, max }: { readonly share: number; readonly max: number }) {
  const y = top + inner * (1 - share);
  return (
    <>
      <line className="gridline" x1={left} x2={width} y1={y} y2={y} />
      <text className="axis" x={left - 8} y={y + 4} textAnchor="end">
        {formatCount(max * share)}
      </text>
    </>
  );
}

function Stack({
  column,
  x,
  max,
}: {
  readonly column: Column;
  readonly x: number;
  readonly max: number;
}) {
  let y = height - bottom;
  return outcomes.map((outcome) => {
    const barHeight = (column.counts[outcome] / max) * inner;
    y -= barHeight;
    return barHeight === 0 ? null : (
      <rect
        key={outcome}
        className={`column column-${outcome}`}
        x={x + gap / 2}
        y={y}
        width={columnWidth - gap}
        height={barHeight}
      />
    );
  });
}

const sumOf = (columns: readonly Column[], outcome: Outcome): number =>
  columns.reduce((sum, { counts }) => sum + counts[outcome], 0);

const describe = (columns: readonly Column[]): string =>
  `In the last minute: ${outcomes
    .map((outcome) => `${formatCount(sumOf(columns, outcome))} ${outcome}`)
    .join(', ')}.`;
