import { arrayLiteral } from './array-literal.js';

/** Each section once, and for each row the place (from 1) of its section among them. */
export function placesOf(sectionIds: readonly string[]): { sections: string[]; places: number[] } {
  const { names, places } = namedOnce(sectionIds);
  return { sections: names, places: places.map(Number) };
}

/** Each name once, and for each row the place (from 1) of its name among them; null for none. */
function namedOnce(values: readonly (string | null)[]): {
  names: string[];
  places: (number | null)[];
} {
  const placeOf = new Map<string, number>();
  const places = values.map((value) => {
    if (value === null) return null;
    const place = placeOf.get(value) ?? placeOf.size + 1;
    placeOf.set(value, place);
    return place;
  });
  return { names: [...placeOf.keys()], places };
}

/** The callers of the rows, each once, and for each row the place of its own. */
export function callerColumns(
  rows: readonly { readonly caller: string | null }[],
): readonly [callers: readonly string[] | null, places: string | null] {
  const { names, places } = namedOnce(rows.map((row) => row.caller));
  return names.length === 0 ? [null, null] : [names, arrayLiteral(places)];
}

/** A column that is most often empty: NULL stands for nothing but NULLs. */
export const column = (values: readonly (string | number | boolean | null)[]): string | null =>
  values.every((value) => value === null) ? null : arrayLiteral(values);

/** The same for text that may need quoting, which pg does. */
export const textColumn = (
  values: readonly (string | null)[],
): readonly (string | null)[] | null => (values.every((value) => value === null) ? null : values);

/** Microseconds since 1970, in SQL, as an instant. */
export const instant = (us: string): string =>
  `'epoch'::timestamptz + ${us} * interval '1 microsecond'`;
