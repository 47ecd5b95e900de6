import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

type Directives = Readonly<Record<string, readonly string[]>>;

/** Nothing but this server's own files, no script or style within a page, no frame around it. */
const strict: Directives = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'form-action': ["'self'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
};
/** Bull Board and Swagger UI write styles into their pages, and Bull Board names its base. */
const othersPages: Directives = {
  ...strict,
  'style-src': ["'self'", "'unsafe-inline'"],
  'base-uri': ["'self'"],
};

const ownPages = new Set(['/', '/ops', '/login']);

function policyOf(url: string): Directives | undefined {
  if (ownPages.has(url) || url.startsWith('/assets/')) return strict;
  return /^\/(docs|queues)(\/|$)/.test(url) ? othersPages : undefined;
}

/**
 * Pages get the headers of helmet with a content security policy; answers in JSON only the one that
 * keeps browsers from taking them for something else. Register routes after it.
 */
export async function usePagePolicy(app: FastifyInstance): Promise<void> {
  app.addHook('onRoute', (route) => {
    const directives = policyOf(route.url);
    if (directives !== undefined) route.helmet = helmetFor(directives);
  });
  await app.register(helmet, { global: false });
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('x-content-type-options', 'nosniff');
    done();
  });
}

const helmetFor = (directives: Directives): FastifyHelmetOptions => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: Object.fromEntries(
      Object.entries(directives).map(([name, values]) => [name, [...values]]),
    ),
  },
  referrerPolicy: { policy: 'no-referrer' },
});
