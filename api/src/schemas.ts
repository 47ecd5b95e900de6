import { capacityMax, holdSecondsMax, priceMax } from '@stile/core';
import { type Static, type TSchema, Type } from 'typebox';
import type { ProblemCode } from './problems.js';

/** Text for people. PostgreSQL can't store NUL, and half a surrogate pair would come back changed. */
export const Text = (maxLength: number, description: string) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[^\\u0000\\ud800-\\udfff]*$', description });

/** ajv's uuid format alone would let `urn:uuid:…` through. */
const uuidPattern = '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$';

export const Id = (description: string) =>
  Type.String({ format: 'uuid', pattern: uuidPattern, description });

/** One of these words. An `enum` is checked and written faster than a union of literals. */
export const OneOf = <Word extends string>(words: readonly Word[], description: string) =>
  Type.Unsafe<Word>({ type: 'string', enum: words, description });

export const Instant = (description: string) => Type.String({ format: 'date-time', description });
export const Quantity = Type.Integer({
  minimum: 1,
  maximum: capacityMax,
  description: 'Seats wanted.',
});
export const Price = (description: string) =>
  Type.Integer({ minimum: 0, maximum: priceMax, description });
export const Capacity = Type.Integer({
  minimum: 1,
  maximum: capacityMax,
  description: 'Seats in all.',
});

export const Limit = (description: string) =>
  Type.Integer({ minimum: 1, maximum: capacityMax, description });
export const HoldSeconds = Type.Integer({
  minimum: 1,
  maximum: holdSecondsMax,
  description: 'How long a hold lasts.',
});

/** The same, or null to take away what is there. */
export const OrNull = <T extends TSchema>(schema: T) =>
  Type.Unsafe<Static<T> | null>({ ...schema, type: [(schema as { type?: string }).type, 'null'] });

/** How the OpenAPI document calls a schema, and a value that fits it. */
export type Shown = { readonly title: string; examples: unknown[] };

/** What a name and an example say of a schema; the document lists it among its components. */
export const shown = (title: string, example: unknown): Shown => ({ title, examples: [example] });

/** A body: anything it doesn't name is an error, not ignored. */
export const Body = <Properties extends Record<string, TSchema>>(
  properties: Properties,
  options: Partial<Shown> = {},
) => Type.Object(properties, { additionalProperties: false, ...options });

/** A body of what is to change; it must name something. */
export const Changes = <Properties extends Record<string, TSchema>>(
  properties: Properties,
  options: Partial<Shown> = {},
) => Type.Object(properties, { additionalProperties: false, minProperties: 1, ...options });

/** Where `Problem` keeps its codes for the OpenAPI document. */
export const problemCodes = 'x-problems';

export const IdParams = Type.Object({ id: Id('The id in the address.') });

export const PageQuery = {
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 20, description: 'Rows at most.' }),
  cursor: Type.Optional(
    Type.String({ maxLength: 100, description: 'The `nextCursor` of the page before.' }),
  ),
};

export const Page = <Row extends TSchema>(row: Row) =>
  Type.Object(
    {
      data: Type.Array(row),
      nextCursor: Type.Union([Type.String(), Type.Null()], {
        description: 'Asks for the next page; null on the last one.',
      }),
    },
    { examples: [{ data: (row as Partial<Shown>).examples ?? [], nextCursor: null }] },
  );

/**
 * An answer that is not a success (RFC 9457); members of its own come beside these. `codes` are the
 * problems that it may be, for the OpenAPI document.
 */
export const Problem = (description: string, ...codes: readonly ProblemCode[]) =>
  Type.Object(
    {
      type: Type.String({ description: 'A stable path that names the problem.' }),
      title: Type.String(),
      status: Type.Integer(),
      detail: Type.String({ description: 'What is wrong here, and what to do.' }),
      instance: Type.String({ description: "The request's id; the log has it too." }),
      errors: Type.Optional(
        Type.Array(Type.Object({ path: Type.String(), message: Type.String() })),
      ),
    },
    { description, additionalProperties: true, [problemCodes]: codes },
  );
