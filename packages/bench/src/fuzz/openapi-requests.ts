import fc from 'fast-check';
import { hostileBody, hostileHeader, hostileText, hostileValue } from './hostile-values.js';

export interface FuzzRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** What is known to exist, so that requests get past the first look-up. */
export interface Known {
  readonly ids: readonly string[];
  /** Credentials of every kind, good and bad; an empty one sends none. */
  readonly credentials: readonly string[];
  /** Those of them that no operator has. */
  readonly powerless: readonly string[];
}

/** The part of JSON Schema that the document is written in. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema?: Schema;
}
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
  };
}
export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** The document with each `$ref` replaced by what it names; none of its schemas holds itself. */
export function resolved(document: OpenApiDocument): OpenApiDocument {
  const resolve = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(resolve);
    const { $ref } = value as { readonly $ref?: unknown };
    if (typeof $ref === 'string') return resolve(named($ref));
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, resolve(one)]));
  };
  const named = (ref: string): unknown =>
    ref
      .split('/')
      .slice(1)
      .reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], document);
  return resolve(document) as OpenApiDocument;
}

/** Not for operators: it starts load of its own, which would hide what the requests come to. */
const demoSale = '/ops/demo-sale';

/**
 * Requests to every operation of the document: usually such as its schemas want, so that they reach
 * what lies behind, and each part now and then hostile.
 */
export function requestsOf(document: OpenApiDocument, known: Known): fc.Arbitrary<FuzzRequest> {
  const { powerless } = known;
  const requests = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const asked = path === demoSale ? { ...known, credentials: powerless } : known;
      return requestOf(method, path, operation, asked);
    }),
  );
  return fc.oneof(...requests);
}

function requestOf(
  method: string,
  template: string,
  { parameters = [], requestBody }: Operation,
  known: Known,
): fc.Arbitrary<FuzzRequest> {
  const schema = Object.values(requestBody?.content ?? {})[0]?.schema;
  const body =
    schema === undefined
      ? fc.constant(undefined)
      : fc.oneof(
          { weight: 9, arbitrary: anyValueOf(schema, known).map((value) => JSON.stringify(value)) },
          { weight: 1, arbitrary: hostileBody },
        );
  return fc
    .record({
      path: pathOf(template, known),
      query: queryOf(parameters, known),
      credential: fc.constantFrom(...known.credentials),
      headers: headersOf(parameters, known),
      type: fc.oneof(
        { weight: 30, arbitrary: fc.constant('application/json') },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            'text/plain',
            'application/xml',
            'application/json; charset=utf-7',
            'application/x-www-form-urlencoded',
            ';',
          ),
        },
      ),
      body,
    })
    .map(({ path, query, credential, headers, type, body: text }) => ({
      method: method.toUpperCase(),
      path: query === '' ? path : `${path}?${query}`,
      headers: {
        ...headers,
        ...(credential === '' ? {} : { authorization: `Bearer ${credential}` }),
        ...(text === undefined ? {} : { 'content-type': type }),
      },
      body: text,
    }));
}

const rarely = <T, U>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<U>): fc.Arbitrary<T | U> =>
  fc.oneof({ weight: 40, arbitrary: usual }, { weight: 1, arbitrary: odd });

const escaped = (text: string): string => encodeURIComponent(text.replace(/[\ud800-\udfff]/g, '?'));

function pathOf(template: string, { ids }: Known): fc.Arbitrary<string> {
  const segment = rarely(
    fc.constantFrom(...ids),
    fc.oneof(
      hostileText.map((text) => escaped(text.slice(0, 200))),
      fc.constantFrom('%00', '%', '%zz', '%2e%2e%2f', '..;', '%c0%af', '%ff', 'a'.repeat(200)),
    ),
  );
  return fc
    .array(segment, { minLength: 2, maxLength: 2 })
    .map((segments) => template.replace(/\{\w+\}/g, () => segments.pop() ?? ''));
}

function queryOf(parameters: readonly Parameter[], known: Known): fc.Arbitrary<string> {
  const named = parameters.filter((parameter) => parameter.in === 'query');
  const value = (schema: Schema | undefined) =>
    rarely(anyValueOf(schema ?? {}, known).map(String), hostileText);
  const pairs = fc.record(
    Object.fromEntries(named.map(({ name, schema }) => [name, value(schema)])),
    { requiredKeys: [] },
  );
  const extra = fc.dictionary(hostileText, hostileText, { maxKeys: 2 });
  return fc.tuple(pairs, rarely(fc.constant({}), extra)).map((parts) =>
    parts
      .flatMap((part) => Object.entries(part))
      .map(([name, text]) => `${escaped(name)}=${escaped(String(text)).slice(0, 2_000)}`)
      .join('&'),
  );
}

function headersOf(
  parameters: readonly Parameter[],
  { ids }: Known,
): fc.Arbitrary<Readonly<Record<string, string>>> {
  const takes = (name: string) => parameters.some((p) => p.in === 'header' && p.name === name);
  const waits = fc.constantFrom(
    'wait=1',
    'wait=0',
    'respond-async',
    'wait=999999999999',
    'wait=-1',
  );
  return fc.record(
    {
      ...(takes('prefer') ? { prefer: rarely(waits, hostileHeader) } : {}),
      ...(takes('idempotency-key')
        ? { 'idempotency-key': rarely(fc.constantFrom(...ids), hostileHeader) }
        : {}),
      cookie: hostileHeader,
      'x-forwarded-for': hostileHeader,
      traceparent: hostileHeader,
    },
    { requiredKeys: [] },
  );
}

/** A value as the schema wants it, of which any part may be another. */
function anyValueOf(schema: Schema, known: Known): fc.Arbitrary<unknown> {
  return rarely(rightValueOf(schema, known), hostileValue);
}

function rightValueOf(schema: Schema, known: Known): fc.Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.anyOf !== undefined)
    return fc.oneof(...schema.anyOf.map((one) => anyValueOf(one, known)));
  if (Array.isArray(schema.type)) {
    return fc.oneof(...schema.type.map((type: string) => anyValueOf({ ...schema, type }, known)));
  }
  switch (schema.type) {
    case 'object':
      return objectOf(schema, known);
    case 'array':
      return fc.array(anyValueOf(schema.items ?? {}, known), { maxLength: 4 });
    case 'integer':
    case 'number':
      return numberOf(schema);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return textOf(schema, known);
  }
}

function objectOf({ properties = {}, required = [] }: Schema, known: Known): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, field]) => [name, anyValueOf(field, known)]),
  );
  const right = fc.record(fields, { requiredKeys: [...required] });
  const more = fc
    .tuple(right, fc.dictionary(hostileText, hostileValue, { maxKeys: 3 }))
    .map(([value, extra]) => ({ ...value, ...extra }));
  return rarely(right, more);
}

function numberOf({ minimum = 0, maximum = 2 ** 31 }: Schema): fc.Arbitrary<number> {
  const small = fc.integer({ min: minimum, max: Math.min(maximum, minimum + 5) });
  return fc.oneof(small, fc.constantFrom(minimum, maximum, minimum - 1, maximum + 1));
}

function textOf(
  { format, minLength = 0, maxLength = 40 }: Schema,
  known: Known,
): fc.Arbitrary<string> {
  if (format === 'uuid') return rarely(fc.constantFrom(...known.ids), fc.uuid());
  if (format === 'email') return fc.emailAddress();
  if (format === 'date-time') {
    return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  }
  const max = Math.max(minLength, Math.min(maxLength, 40));
  return fc.oneof(
    fc.string({ minLength, maxLength: max, unit: 'grapheme' }),
    fc.constantFrom('A-1', 'A-2', 'B-1', 'EUR', 'concert', 'Stalls'),
  );
}
