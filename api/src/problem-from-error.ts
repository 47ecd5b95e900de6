import { OverloadedError } from '@stile/queue';
import type { FastifyError, FastifySchemaValidationError } from 'fastify';
import { type FieldError, ProblemError } from './problems.js';

/** Any error that a request ran into, as the problem to answer with. */
export function problemFromError(error: FastifyError | Error): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof OverloadedError) {
    return new ProblemError('overloaded', {
      detail: `Nothing was booked. Try again in ${error.retryAfterSeconds} s.`,
      retryAfterSeconds: error.retryAfterSeconds,
    });
  }
  if (isServerDown(error)) {
    return new ProblemError('unavailable', {
      detail: 'The database or the queue does not answer. Try again in a moment.',
      retryAfterSeconds: 1,
    });
  }
  const { code, statusCode, validation } = error as Partial<FastifyError>;
  if (validation !== undefined) return fromValidation(validation);
  switch (code) {
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return inBody('validation', 'The body is empty; send a JSON object.', 'is empty');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new ProblemError('unsupported-media-type', {
        detail: 'The content type of the body must be application/json.',
        members: { errors: [{ path: 'content-type', message: 'must be application/json' }] },
      });
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return inBody('payload-too-large', 'The body is larger than this route takes.', 'too large');
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return inBody('bad-json', error.message, 'is not valid JSON');
    case 'FST_ERR_BAD_URL':
      return inAddress('can not be decoded');
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return inAddress('has a part that is too long');
    default:
      break;
  }
  if (error instanceof SyntaxError && statusCode === 400) {
    return inBody('bad-json', error.message, 'is not valid JSON');
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new ProblemError('bad-request', { detail: error.message });
  }
  return new ProblemError('internal', {
    detail: 'The error is logged under the id in `instance`.',
  });
}

/** A 400 that names one field: for what a schema can't say. */
export const invalidField = (path: string, message: string): ProblemError =>
  new ProblemError('validation', {
    detail: `${path} ${message}`,
    members: { errors: [{ path, message }] },
  });

const inBody = (
  code: 'validation' | 'bad-json' | 'payload-too-large',
  detail: string,
  message: string,
): ProblemError =>
  new ProblemError(code, { detail, members: { errors: [{ path: '/', message }] } });

const inAddress = (message: string): ProblemError =>
  new ProblemError('bad-request', {
    detail: `The address ${message}.`,
    members: { errors: [{ path: 'url', message }] },
  });

/** Faults that one answer tells of: a body can hold thousands. */
const errorsMax = 20;

function fromValidation(found: readonly FastifySchemaValidationError[]): ProblemError {
  const errors = found.slice(0, errorsMax).map(fieldError);
  const detail = errors.map(({ path, message }) => `${path} ${message}`).join('; ');
  return new ProblemError('validation', { detail, members: { errors } });
}

function fieldError(error: FastifySchemaValidationError): FieldError {
  const { instancePath, keyword, params, message = 'is not valid' } = error;
  if (keyword === 'required') {
    return { path: `${instancePath}/${params.missingProperty}`, message: 'is required' };
  }
  if (keyword === 'additionalProperties') {
    const path = `${instancePath}/${pointerToken(String(params.additionalProperty))}`;
    return { path, message: 'is not a known field; remove it' };
  }
  return { path: instancePath === '' ? '/' : instancePath, message };
}

/** A name as a part of a JSON pointer (RFC 6901). */
const pointerToken = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/**
 * SQLSTATEs of a server that is down, starting, stopping, out of room, or takes no writes, as the
 * standby that a failover left the connections on.
 */
const downClasses = /^(08|25006|53|57P0[1-5]|58)/;
const downCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
/** What pg and ioredis throw without a code when the connection is lost or can't be had. */
const downMessages =
  /Connection terminated|timeout exceeded when trying to connect|Connection is closed|Stream isn't writeable|max retries per request|not queryable|Query read timeout|Socket timeout|CLUSTERDOWN|Cluster isn't ready|Too many Cluster redirections|Failed to refresh slots cache|READONLY|LOADING|MISCONF|OOM command/;

/** True when the error means that PostgreSQL or Redis can't be reached or can't take writes. */
export function isServerDown(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = (cause as { code?: unknown }).code;
    if (typeof code === 'string' && (downCodes.has(code) || downClasses.test(code))) return true;
    if (downMessages.test(cause.message)) return true;
    const errors = (cause as Partial<AggregateError>).errors;
    if (errors?.some(isServerDown)) return true;
  }
  return false;
}
