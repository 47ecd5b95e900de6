import { formatCount } from '../layout/format.js';

/** How much is left, as a bar that empties. */
export function AvailabilityBar({
  label,
  remaining,
  capacity,
}: {
  readonly label: string;
  readonly remaining: number;
  readonly capacity: number;
}) {
  const share = capacity === 0 ? 0 : Math.min(1, remaining / capacity);
  const level = share === 0 ? 'none' : share <= 0.15 ? 'few' : 'many';
  return (
    // biome-ignore lint/a11y/useSemanticElements: the fill of <meter> can't be animated
    <div
      className={`bar bar-${level}`}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={capacity}
      aria-valuenow={remaining}
      aria-valuetext={`${formatCount(remaining)} of ${formatCount(capacity)} left`}
    >
      <div className="bar-fill" style={{ transform: `scaleX(${share})` }} />
    </div>
  );
}
