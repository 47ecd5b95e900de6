/**
 * A PostgreSQL array literal of values that need no quoting: uuids, numbers, booleans and enum labels, with
 * null for NULL. Several times cheaper than pg's own array encoding, which quotes and escapes
 * every element; a value that would need that is refused, never sent.
 */
export function arrayLiteral(values: readonly (string | number | boolean | null)[]): string {
  let text = '{';
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? null;
    if (typeof value === 'string' && !plain.test(value)) {
      throw new TypeError(`not a plain array element: ${JSON.stringify(value)}`);
    }
    text += `${i === 0 ? '' : ','}${value ?? 'NULL'}`;
  }
  return `${text}}`;
}

/** Unquoted, `null` in any case would be NULL. */
const plain = /^(?!null$)[\w-]+$/i;
