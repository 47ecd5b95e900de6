import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { problemFromError } from './problem-from-error.js';
import { problemBody, problems } from './problems.js';

const serverDown = 'the database or the queue does not answer';

/** What the server, or the way to it, said: the innermost cause, or the first of several. */
function reasonOf(error: Error): string {
  const cause = error instanceof AggregateError ? error.errors[0] : error.cause;
  return cause instanceof Error ? reasonOf(cause) : error.message;
}

/** Answers with the problem that the error stands for; logs it when the fault is ours. */
export function answerWithProblem(
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const problem = problemFromError(error);
  const { status } = problems[problem.code];
  // While a server is down there are thousands of these: a line each, and no stack.
  if (problem.code === 'unavailable') request.log.warn({ reason: reasonOf(error) }, serverDown);
  else if (problem.code === 'internal') request.log.error({ err: error }, 'a request failed');
  if (problem.details.retryAfterSeconds !== undefined) {
    reply.header('retry-after', problem.details.retryAfterSeconds);
  }
  if (problem.details.headers !== undefined) reply.headers(problem.details.headers);
  return reply
    .code(status)
    .type('application/problem+json')
    .send(problemBody(problem.code, request.id, problem.details));
}
