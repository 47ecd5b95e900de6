import { invalidField } from './problem-from-error.js';

const yearMin = 1970;
const yearMax = 9999;

/**
 * The time that a valid RFC 3339 text means; a 400 when no clock shows it, as a leap second, or
 * when it is outside the years that PostgreSQL and JavaScript read from each other unchanged.
 */
export function instant(path: string, text: string): Date {
  const time = new Date(text);
  const year = time.getUTCFullYear();
  if (year >= yearMin && year <= yearMax) return time;
  throw invalidField(path, `must be a time that exists, from ${yearMin} to ${yearMax} in UTC`);
}

/** The same for a text that may be missing, or null for no time at all: both stay what they are. */
export const instantOrNone = <None extends null | undefined>(
  path: string,
  text: string | None,
): Date | None => (typeof text === 'string' ? instant(path, text) : text);
