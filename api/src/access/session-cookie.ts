import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from '../problems.js';
import type { NewSession } from './sessions.js';

/** The first is for TLS: browsers take that name only with Secure, for this host and path /. */
const names = { secure: '__Host-stile', plain: 'stile' } as const;

const options = { httpOnly: true, sameSite: 'strict', path: '/' } as const;

/** Whether the browser may send the cookie over TLS only. */
const isSecure = (request: FastifyRequest, always: boolean): boolean =>
  always || request.protocol === 'https';

export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  { token, seconds }: NewSession,
  alwaysSecure: boolean,
): void {
  const secure = isSecure(request, alwaysSecure);
  const name = secure ? names.secure : names.plain;
  reply.setCookie(name, token, { ...options, secure, maxAge: seconds });
}

export function clearSessionCookie(reply: FastifyReply): void {
  reply.clearCookie(names.secure, { ...options, secure: true });
  reply.clearCookie(names.plain, options);
}

/** The session of a request, if its cookies hold one. */
export function sessionIn({ server, headers }: FastifyRequest): string | undefined {
  if (headers.cookie === undefined) return undefined;
  const cookies = server.parseCookie(headers.cookie);
  return cookies[names.secure] ?? cookies[names.plain];
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Throws a 403 when a request that may change something comes from another site's page. SameSite
 * keeps the cookie away from those already; this is for browsers that don't, and for pages of
 * other hosts below the same domain.
 */
export function refuseCrossSite(request: FastifyRequest): void {
  const { method, headers, host } = request;
  if (safeMethods.has(method)) return;
  const { origin } = headers;
  const isOwn =
    origin === undefined
      ? headers['sec-fetch-site'] === 'same-origin'
      : URL.canParse(origin) && new URL(origin).host === host;
  if (isOwn) return;
  throw new ProblemError('forbidden', {
    detail: 'A session is only for the pages of this server: send an Origin that is its own.',
  });
}
