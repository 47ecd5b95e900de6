import { type Problem, StileClient, StileProblem } from '@stile/client';
import { learnServerTime } from './server-time.js';

/** The client of the server that sent the page; it asks again by itself where that is safe. */
export const client = new StileClient({
  fetch: async (request) => {
    let response: Response;
    try {
      response = await fetch(request);
    } catch (cause) {
      if (request.signal.aborted) throw cause;
      // What browsers say of it differs, and tells people nothing.
      throw new TypeError('The server can not be reached.', { cause });
    }
    learnServerTime(response.headers.get('date'));
    return response;
  },
});

/** An answer as openapi-fetch has it. */
interface Answered<Body> {
  readonly data?: Body | undefined;
  readonly error?: unknown;
  readonly response: Response;
}

/** The body of a success. Throws a StileProblem for any other answer. */
export function bodyOf<Body>({ data, error, response }: Answered<Body>): Body {
  if (data === undefined) throw new StileProblem(response.status, error as Problem | undefined);
  return data;
}

/** True when the server could not be reached at all. */
export const isUnreachable = (error: unknown): boolean => error instanceof TypeError;

/** True for an answer that stays the same however often one asks. */
export const isFinal = (error: unknown): boolean =>
  error instanceof StileProblem && error.status < 500 && error.status !== 429;
