import { isDeepStrictEqual } from 'node:util';
import type { Difference, Value } from './violation.js';

/**
 * The first of these properties that two rows don't have in common, named as its column is, after
 * `whose`. Lists and JSON are compared by what they contain.
 */
export function firstDifference<Name extends string>(
  names: readonly Name[],
  expected: Readonly<Record<Name, unknown>>,
  found: Readonly<Record<Name, unknown>>,
  whose = '',
): Difference | undefined {
  for (const name of names) {
    if (isSame(expected[name], found[name])) continue;
    return {
      what: whose + columnOf(name),
      expected: shown(expected[name]),
      found: shown(found[name]),
    };
  }
  return undefined;
}

const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === 'object' && isDeepStrictEqual(a, b));

/** acceptedAtUs is `accepted_at (µs)`. */
const columnOf = (name: string): string =>
  name.replace(/Us$/, ' (µs)').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function shown(value: unknown): Value {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : (value as Value);
}
