import type { FastifyInstance, FastifyRequest } from 'fastify';
import { answerWithProblem } from '../answer-with-problem.js';
import { ProblemError } from '../problems.js';
import { type Caller, everybody, may, nobody, type Scope } from './caller.js';
import type { Credentials } from './credentials.js';
import { missingCredential, missingScope } from './refusals.js';
import { refuseCrossSite, sessionIn } from './session-cookie.js';
import type { Sessions } from './sessions.js';

/** Who may call a route: everybody, or those with this scope. */
export type Access = 'public' | Scope;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A route that doesn't say so is for operators only. */
    access?: Access;
  }
  interface FastifyRequest {
    caller: Caller;
  }
  interface FastifyInstance {
    /** Every route that was registered after `collectRoutes`, those of plugins too. */
    routesServed: readonly ServedRoute[];
  }
}

export interface ServedRoute {
  readonly method: string;
  readonly url: string;
  readonly access: Access;
}

export interface AccessOptions {
  readonly credentials: Credentials;
  readonly sessions: Sessions;
  /** Lets everybody read events. */
  readonly publicEvents: boolean;
}

const bearerPattern = /^Bearer +([\x21-\x7e]+)$/i;

/** Access of a route, in which its silence means that it is for operators. */
export const accessOf = ({ access = 'operate' }: { readonly access?: Access }): Access => access;

/** Keeps a list of the routes with who may call them. */
export function collectRoutes(app: FastifyInstance): void {
  const routes: ServedRoute[] = [];
  app.decorate('routesServed', routes);
  app.addHook('onRoute', (route) => {
    for (const method of [route.method].flat()) {
      // Looked at when it is asked for: a plugin's own hook may yet say who may call.
      const getAccess = () => accessOf(route.config ?? {});
      routes.push({
        method,
        url: route.url,
        get access() {
          return getAccess();
        },
      });
    }
  });
}

/** Everybody may do everything: `request.caller` says so and costs nothing. */
export function useOpenAccess(app: FastifyInstance): void {
  app.decorateRequest('caller', { getter: () => everybody });
}

/**
 * Lets a request through to a route only when its caller has the scope that the route asks for,
 * before its body is read; routes find the caller in `request.caller`. Register routes after it.
 */
export function useAccess(
  app: FastifyInstance,
  { credentials, sessions, publicEvents }: AccessOptions,
): void {
  app.decorateRequest('caller', null as unknown as Caller);

  const isPublic = (request: FastifyRequest): boolean => {
    const access = accessOf(request.routeOptions.config);
    return request.is404 || access === 'public' || (access === 'events:read' && publicEvents);
  };
  const identify = (request: FastifyRequest): Caller | Promise<Caller> => {
    const [, credential] = bearerPattern.exec(request.headers.authorization ?? '') ?? [];
    if (credential !== undefined) return credentials.callerOf(credential);
    const session = request.headers.authorization === undefined ? sessionIn(request) : undefined;
    if (session === undefined) throw missingCredential();
    refuseCrossSite(request);
    return sessions.callerOf(session);
  };
  const admit = (request: FastifyRequest, caller: Caller): void => {
    request.caller = caller;
    const access = accessOf(request.routeOptions.config);
    if (access !== 'public' && !request.is404 && !may(caller, access)) throw missingScope(access);
  };

  app.addHook('onRequest', (request, reply, done) => {
    if (isPublic(request)) {
      request.caller = nobody;
      return done();
    }
    // Answered here and not thrown: a plugin's own error handler would make a 500 of it.
    const refuse = (error: Error) =>
      wantsPage(request, error)
        ? reply.redirect(loginPathFor(request), 303)
        : answerWithProblem(error, request, reply);
    try {
      const caller = identify(request);
      if (caller instanceof Promise) {
        caller.then((found) => admit(request, found)).then(() => done(), refuse);
      } else {
        admit(request, caller);
        done();
      }
    } catch (error) {
      refuse(error as Error);
    }
  });
}

/** Somebody with a browser and without a session: not told what is wrong, but where to log in. */
const wantsPage = ({ method, headers }: FastifyRequest, error: Error): boolean =>
  method === 'GET' &&
  headers.authorization === undefined &&
  error instanceof ProblemError &&
  error.code === 'unauthenticated' &&
  (headers.accept ?? '').includes('text/html');

const loginPathFor = ({ url }: FastifyRequest): string =>
  `/login?to=${encodeURIComponent(url.replace(/[?#].*$/, ''))}`;
