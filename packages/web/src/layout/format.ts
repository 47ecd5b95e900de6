const count = new Intl.NumberFormat('en');

/** 12,345 */
export const formatCount = (value: number): string => count.format(value);

/** 2 seats, 1 seat */
export const formatSeats = (quantity: number): string =>
  `${formatCount(quantity)} ${quantity === 1 ? 'seat' : 'seats'}`;

/** An amount in minor units, such as €35.00; without the cents when there are none. */
export function formatMoney(minorUnits: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  const amount = minorUnits / 10 ** digits;
  if (minorUnits === 0) return 'free';
  if (!Number.isInteger(amount)) return format.format(amount);
  return new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    maximumFractionDigits: 0,
  }).format(amount);
}

/** Sat, 20 December 2026, 20:00 */
export const formatDateTime = (iso: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    ...{ weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit' },
  }).format(new Date(iso));

/** 20:04:31 */
export const formatTime = (iso: string | number): string =>
  new Intl.DateTimeFormat('en-GB', {
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  }).format(new Date(iso));

/** 1:05 for 65 s; the started second counts. */
export function formatCountdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** About how long: 340 ms, 4 s, 3 min */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 90_000) return `${Math.round(ms / 1000)} s`;
  return `${Math.round(ms / 60_000)} min`;
}
