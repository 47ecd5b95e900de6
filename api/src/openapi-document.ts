import { type ProblemCode, problems } from './problems.js';
import { Problem, problemCodes } from './schemas.js';

/** As much of an OpenAPI 3.1 document as is worked on here. */
export interface OpenApiDocument {
  paths?: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema> };
}

interface Operation {
  operationId?: string;
  security?: readonly object[];
  parameters?: { required?: boolean; schema: Schema }[];
  requestBody?: { content: Content };
  responses: Record<string, Response>;
}

interface Response {
  description: string;
  headers?: Record<string, object>;
  content?: Content;
}

type Content = Record<string, MediaType>;
interface MediaType {
  schema?: Schema;
  examples?: Record<string, object>;
}
type Schema = Record<string, unknown>;

const problemMediaType = 'application/problem+json';

const descriptions: Readonly<Record<string, string>> = {
  200: 'As it is now.',
  201: 'As it was made.',
  202: 'It is queued.',
};

/** Of a problem that its route doesn't name. */
const usual: Readonly<Record<string, readonly ProblemCode[]>> = {
  400: ['validation'],
  404: ['not-found'],
  503: ['unavailable'],
};

const retryAfter = {
  'Retry-After': {
    description: 'Seconds to let pass before asking again.',
    schema: { type: 'integer', minimum: 0 },
  },
};
const location = {
  Location: { description: 'Its address.', schema: { type: 'string' } },
};
const headersOf: Readonly<Record<string, Record<string, object>>> = {
  201: location,
  202: { ...location, ...retryAfter },
  429: retryAfter,
  503: retryAfter,
};

/**
 * Completes the document that is made from the routes: names operations, says what any of them may
 * answer, gives problems their media type and examples, and lists schemas that have a title once,
 * as components.
 */
export function completeDocument(document: OpenApiDocument): OpenApiDocument {
  const schemas: Record<string, Schema> = {};
  for (const [path, operations] of Object.entries(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(operations)) {
      operation.operationId ??= nameOf(method, path);
      for (const parameter of operation.parameters ?? []) {
        // What has a default need not be given, though validation fills it in.
        if ('default' in parameter.schema) parameter.required = false;
      }
      addCommonProblems(operation);
      for (const [status, response] of Object.entries(operation.responses)) {
        completeResponse(status, response);
      }
      const contents = [operation.requestBody, ...Object.values(operation.responses)];
      for (const content of contents) {
        for (const media of Object.values(content?.content ?? {})) {
          if (media.schema !== undefined) media.schema = withComponents(media.schema, schemas);
        }
      }
    }
  }
  return { ...document, components: { ...document.components, schemas: inOrder(schemas) } };
}

/** `getEventsByIdStream` for GET /events/{id}/stream. */
function nameOf(method: string, path: string): string {
  const words = path.split(/[/.-]/).filter((word) => word !== '');
  const camel = words.map((word) =>
    word.startsWith('{') ? `By${capital(word.slice(1, -1))}` : capital(word),
  );
  return method + camel.join('');
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** What every route of its kind may answer, where the route doesn't say it itself. */
function addCommonProblems({ parameters = [], requestBody, security = [], responses }: Operation) {
  const add = (status: number, description: string, ...codes: ProblemCode[]): void => {
    const { [problemCodes]: _, ...schema } = Problem(description, ...codes) as unknown as Schema;
    responses[status] ??= {
      description,
      content: { 'application/json': { schema: { ...schema, [problemCodes]: codes } } },
    };
  };
  if (parameters.length > 0) add(400, 'A parameter is not valid.', 'validation');
  if (security.length > 0) {
    add(401, 'The credential is missing or not valid.', 'unauthenticated');
    add(403, 'The credential does not allow it.', 'forbidden');
    add(429, 'Too many requests of one caller or address; see Retry-After.', 'rate-limited');
  }
  if (requestBody !== undefined) {
    add(413, 'The body is too large.', 'payload-too-large');
    add(415, 'The body is not JSON.', 'unsupported-media-type');
  }
  add(500, 'A fault of the server; the log has it under `instance`.', 'internal');
  add(503, 'A server that is needed is down.', 'unavailable');
}

function completeResponse(status: string, response: Response): void {
  if (response.description === 'Default Response') {
    response.description = descriptions[status] ?? 'The answer.';
  }
  const headers = headersOf[status];
  if (headers !== undefined) response.headers = { ...headers, ...response.headers };
  const json = response.content?.['application/json'];
  const named = json?.schema?.[problemCodes] as readonly ProblemCode[] | undefined;
  if (named === undefined) return;
  const codes = named.length > 0 ? named : (usual[status] ?? []);
  response.content = {
    [problemMediaType]: {
      schema: { ...problemSchema },
      ...(codes.length === 0 ? {} : { examples: Object.fromEntries(codes.map(exampleOf)) }),
    },
  };
}

/** One for all: what may differ is said by the response. */
const problemSchema: Schema = (() => {
  const { description: _, [problemCodes]: __, ...schema } = Problem('') as unknown as Schema;
  return {
    ...schema,
    title: 'Problem',
    description: 'An answer that is not a success (RFC 9457).',
  };
})();

const exampleOf = (code: ProblemCode) => {
  const { status, title } = problems[code];
  const value = { type: `/problems/${code}`, title, status, detail: `${title}.`, instance: '0-4' };
  return [code, { summary: title, value }];
};

/** The schema with a reference in place of each part that has a title; those go into `schemas`. */
function withComponents(schema: Schema, schemas: Record<string, Schema>): Schema {
  const copy = { ...schema };
  for (const key of ['items', 'additionalProperties', 'not']) {
    if (isSchema(copy[key])) copy[key] = withComponents(copy[key], schemas);
  }
  for (const key of ['anyOf', 'oneOf', 'allOf']) {
    const parts = copy[key] as Schema[] | undefined;
    if (parts !== undefined) copy[key] = parts.map((part) => withComponents(part, schemas));
  }
  if (isSchema(copy.properties)) {
    const properties = Object.entries(copy.properties as Record<string, Schema>);
    copy.properties = Object.fromEntries(
      properties.map(([name, part]) => [name, withComponents(part, schemas)]),
    );
  }
  const { title, ...untitled } = copy;
  if (typeof title !== 'string') return copy;
  // Each use may describe it in its own way; examples of a whole body are beside its schema.
  const { description, examples = schemas[title]?.examples, ...component } = untitled;
  const { examples: _, ...known } = schemas[title] ?? component;
  if (JSON.stringify(known) !== JSON.stringify(component)) {
    throw new Error(`two schemas are called ${title}`);
  }
  schemas[title] = examples === undefined ? component : { ...component, examples };
  return { $ref: `#/components/schemas/${title}`, ...(description ? { description } : {}) };
}

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const inOrder = <Value>(values: Readonly<Record<string, Value>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
