import type { components } from './schema.js';

/** An answer that is not a success (RFC 9457), with the members of its own that it may have. */
export type Problem = components['schemas']['Problem'] & Readonly<Record<string, unknown>>;

/** Thrown for an answer that is not a success, once asking again is no use or was done enough. */
export class StileProblem extends Error {
  override readonly name = 'StileProblem';
  readonly status: number;
  /** The last part of the problem's type, such as `unknown-event`; empty when the answer was none. */
  readonly code: string;
  readonly problem: Problem | undefined;

  constructor(status: number, problem: Problem | undefined) {
    super(problem?.detail ?? `The server answered ${status}.`);
    this.status = status;
    this.problem = problem;
    this.code = problem?.type.replace(/^.*\//, '') ?? '';
  }
}

/** The problem in a body that was read; undefined when it is something else, such as a proxy's page. */
export const problemIn = (body: unknown): Problem | undefined =>
  typeof body === 'object' && body !== null && 'type' in body && 'detail' in body
    ? (body as Problem)
    : undefined;
