import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Where the build of @stile/web is, wherever the package is installed. */
const root = join(
  dirname(createRequire(import.meta.url).resolve('@stile/web/package.json')),
  'dist',
);
const openToAll = { schema: { hide: true }, config: { access: 'public' } } as const;
const yearSeconds = 31_536_000;

/**
 * The page at / and its files, compressed when they were built. Names of files below /assets
 * change with what is in them, so browsers keep them; a page is asked for anew each time.
 * Not a plugin of its own scope: the operators' page is sent from the same files.
 */
export async function usePages(app: FastifyInstance): Promise<void> {
  await app.register(fastifyStatic, {
    root,
    serve: false,
    preCompressed: true,
    cacheControl: false,
  });
  app.get('/', openToAll, (_request, reply) =>
    reply.header('cache-control', 'no-cache').sendFile('index.html'),
  );
  app.get('/icon.svg', openToAll, (_request, reply) =>
    reply.header('cache-control', 'public, max-age=86400').sendFile('icon.svg'),
  );
  app.get<{ Params: { '*': string } }>('/assets/*', openToAll, (request, reply) =>
    reply
      .header('cache-control', `public, max-age=${yearSeconds}, immutable`)
      .sendFile(`assets/${request.params['*']}`),
  );
}
