import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { problemFromError } from './problem-from-error.js';
import { problemBody, problems } from './problems.js';

/** Answers with the problem that the error stands for; logs it when the fault is ours. */
export function answerWithProblem(
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const problem = problemFromError(error);
  const { status } = problems[problem.code];
  if (status >= 500 && problem.code !== 'overloaded') request.log.error(error);
  if (problem.details.retryAfterSeconds !== undefined) {
    reply.header('retry-after', problem.details.retryAfterSeconds);
  }
  if (problem.details.headers !== undefined) reply.headers(problem.details.headers);
  return reply
    .code(status)
    .type('application/problem+json')
    .send(problemBody(problem.code, request.id, problem.details));
}
