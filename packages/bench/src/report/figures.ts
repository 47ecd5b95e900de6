import type { Spread } from './spread.js';

/** Such as 12,345 or 0.62: three digits or so, whatever the size. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
}

/** The median, and the ends when there are several: `12,345 (11,900–12,800)`. */
export const spreadFigure = ({ median, min, max }: Spread): string =>
  min === max ? figure(median) : `${figure(median)} (${figure(min)}–${figure(max)})`;

export const orDash = (spread: Spread | undefined): string =>
  spread === undefined ? '–' : spreadFigure(spread);
