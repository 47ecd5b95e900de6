# One image for each process: --target api, worker or migrate. Nothing here needs BuildKit.
# Any glibc image with Node 20.19 or newer and npm 11 will do.
ARG NODE_IMAGE=node:24-slim

# The manifests alone, so that a changed source file does not install the dependencies again.
FROM ${NODE_IMAGE} AS manifests
WORKDIR /stile
COPY . .
RUN find . -type f ! -name package.json ! -name package-lock.json ! -name .npmrc -delete \
 && find . -type d -empty -delete

FROM ${NODE_IMAGE} AS build
WORKDIR /stile
COPY --from=manifests /stile ./
RUN npm ci
COPY . .
# `local` holds the migration's entry point and depends on everything else that is needed.
RUN npm run build -- --filter=@stile/local

# What api and worker import, and no more. npm takes the dependencies of a workspace that is only
# a devDependency for production's, so the development ones leave the manifests first. No install
# script is needed: msgpackr's native part comes compiled.
FROM ${NODE_IMAGE} AS dependencies
WORKDIR /stile
COPY --from=manifests /stile ./
RUN npm pkg delete devDependencies --workspaces --include-workspace-root \
 && npm ci --omit=dev --ignore-scripts -w @stile/api -w @stile/worker

# Each workspace that npm linked gets its code. The migration and the command for API keys need
# a few files of `local`, whose own dependencies (the embedded PostgreSQL) stay out.
FROM build AS assembled
COPY --from=dependencies /stile/node_modules /app/node_modules
RUN for link in /app/node_modules/@stile/*; do \
      workspace=$(realpath -m --relative-to=/app "$link") \
      && mkdir -p "/app/$workspace" \
      && cp -r "$workspace/package.json" "$workspace/dist" "/app/$workspace/" || exit 1; \
    done \
 && mkdir -p /app/packages/local/dist \
 && cp packages/local/package.json /app/packages/local/ \
 && cp -r packages/local/dist/migrate-main.js packages/local/dist/config.js packages/local/dist/api-keys \
      /app/packages/local/dist/ \
 && cp -r drizzle /app/

FROM ${NODE_IMAGE} AS runtime
ENV NODE_ENV=production
WORKDIR /stile
COPY --from=assembled /app ./
USER node

FROM runtime AS migrate
CMD ["node", "packages/local/dist/migrate-main.js"]

# Live, not ready: a worker that waits for a database must not be replaced.
FROM runtime AS worker
ENV HOST=0.0.0.0 METRICS_PORT=9464
EXPOSE 9464
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 CMD ["node", "-e", "\
fetch(`http://127.0.0.1:${process.env.METRICS_PORT}/health/live`).then( \
  ({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1));"]
CMD ["node", "--max-old-space-size=384", "--single-threaded-gc", "--min-semi-space-size=32", "--max-semi-space-size=32", "worker/dist/main.js"]

# Live, not ready: an api that waits for a worker or a database must not be replaced.
FROM runtime AS api
ENV HOST=0.0.0.0 PORT=3000
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 CMD ["node", "-e", "\
fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then( \
  ({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1));"]
CMD ["node", "--max-old-space-size=384", "--single-threaded-gc", "--min-semi-space-size=32", "--max-semi-space-size=32", "api/dist/main.js"]
