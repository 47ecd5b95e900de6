import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arrayLiteral } from './array-literal.js';

/**
 * How PostgreSQL reads an array literal whose elements have no quotes (array_in, arrayfuncs.c):
 * white space around an element is skipped, and NULL in any case is null.
 */
function parseAsPostgres(literal: string): (string | null)[] {
  expect(literal).toMatch(/^\{[^{}"\\]*\}$/);
  const inner = literal.slice(1, -1);
  if (inner.trim() === '') return [];
  return inner.split(',').map((element) => {
    const text = element.trim();
    expect(text).not.toBe('');
    return text.toUpperCase() === 'NULL' ? null : text;
  });
}

const asText = (value: string | number | null): string | null =>
  value === null ? null : String(value);

const plainValue = fc.oneof(
  fc.uuid(),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.constantFrom('confirmed', 'rejected', 'sold_out', 'book'),
  fc.constant(null),
);

describe('an array literal', () => {
  test('is read by PostgreSQL as the values it was made of', () => {
    fc.assert(
      fc.property(fc.array(plainValue), (values) => {
        expect(parseAsPostgres(arrayLiteral(values))).toEqual(values.map(asText));
      }),
    );
  });

  test('is refused, or else read as the very text, whatever the text', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.mixedCase(fc.constant('null')),
    );
    const isHonest = (encode: typeof arrayLiteral) =>
      fc.property(fc.array(texts, { minLength: 1 }), (values) => {
        let literal: string;
        try {
          literal = encode(values);
        } catch (error) {
          return error instanceof TypeError;
        }
        expect(parseAsPostgres(literal)).toEqual(values);
        return true;
      });
    fc.assert(isHonest(arrayLiteral), { numRuns: 500 });
    const unguarded: typeof arrayLiteral = (values) => `{${values.join(',')}}`;
    expect(fc.check(isHonest(unguarded)).failed).toBe(true);
  });

  test.each(['', ' ', 'a b', 'a,b', '{', '}', '"', '\\', 'a\n', "'", 'é', 'NULL', 'null'])(
    'refuses %j, which would need quotes',
    (value) => {
      expect(() => arrayLiteral([value])).toThrow(TypeError);
    },
  );

  test('of nothing is empty', () => {
    expect(arrayLiteral([])).toBe('{}');
  });
});
