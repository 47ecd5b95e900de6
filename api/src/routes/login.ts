import type { FastifyInstance } from 'fastify';
import { type Caller, isOperator } from '../access/caller.js';
import type { Credentials } from '../access/credentials.js';
import { missingScope } from '../access/refusals.js';
import { clearSessionCookie, refuseCrossSite, setSessionCookie } from '../access/session-cookie.js';
import type { Sessions } from '../access/sessions.js';
import { addressKey } from '../limits/address-key.js';
import type { RateLimiter } from '../limits/rate-limiter.js';
import { ProblemError } from '../problems.js';
import { loginPage } from './login-page.js';

export interface LoginRoutesOptions {
  readonly credentials: Credentials;
  readonly sessions: Sessions;
  /** Bounds the attempts from one address. */
  readonly attempts: RateLimiter;
  /** Cookies are for TLS only, whatever the request came over. */
  readonly secureCookies: boolean;
}

const bodyBytesMax = 16_384;
const toAll = { schema: { hide: true }, config: { access: 'public' } } as const;
/** A page of this server: an address that leads elsewhere must not be had by a link to /login. */
const localPath = /^\/(?:ops|queues|docs)?(?:\/[\w-]*)*$/;

/** /login and /logout: sessions for operators in a browser. */
export async function loginRoutes(
  app: FastifyInstance,
  { credentials, sessions, attempts, secureCookies }: LoginRoutesOptions,
): Promise<void> {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: bodyBytesMax },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );

  app.get<{ Querystring: { to?: string } }>('/login', toAll, (request, reply) =>
    reply
      .type('text/html')
      .header('cache-control', 'no-store')
      .send(loginPage(pathIn(request.query.to))),
  );

  app.post<{ Body: Partial<Record<'credential' | 'to', unknown>> | null }>(
    '/login',
    { ...toAll, bodyLimit: bodyBytesMax },
    async (request, reply) => {
      refuseCrossSite(request);
      const standing = attempts.take(addressKey(request.ip));
      if (!standing.allowed) {
        throw new ProblemError('rate-limited', {
          detail: `${attempts.limit} attempts in ${attempts.windowSeconds} s are enough.`,
          retryAfterSeconds: standing.resetSeconds,
        });
      }
      const { credential, to } = request.body ?? {};
      const identity = await credentials.verify(String(credential ?? '').trim());
      refuseOthers(identity.caller);
      setSessionCookie(request, reply, await sessions.begin(identity), secureCookies);
      return reply.redirect(pathIn(to), 303);
    },
  );

  app.post('/logout', toAll, async (request, reply) => {
    refuseCrossSite(request);
    clearSessionCookie(reply);
    return reply.redirect('/login', 303);
  });
}

function refuseOthers(caller: Caller): void {
  if (!isOperator(caller)) throw missingScope('operate');
}

const pathIn = (to: unknown): string =>
  typeof to === 'string' && localPath.test(to) ? to : '/ops';
