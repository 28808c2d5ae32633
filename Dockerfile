# syntax=docker/dockerfile:1
# The base of every stage. A release passes it with its digest, so that both platforms are built from the same known image.
ARG NODE_IMAGE=docker.io/library/node:22-slim

# Nothing here runs an install script: no runtime dependency needs one, and the build doesn't either. The programs are the
# same on every platform, so they are built on the machine's own.
FROM --platform=$BUILDPLATFORM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY scripts ./scripts
COPY src ./src
RUN npm run build

# The libraries of the platform that the image is for. npm picks the binaries of libsql by name, so nothing is emulated.
FROM --platform=$BUILDPLATFORM ${NODE_IMAGE} AS libraries
ARG TARGETARCH
WORKDIR /app
COPY package.json package-lock.json ./
RUN cpu="$(echo "$TARGETARCH" | sed 's/^amd64$/x64/')" && \
  npm ci --omit=dev --ignore-scripts --no-audit --no-fund --os=linux --libc=glibc "--cpu=${cpu:?BuildKit sets TARGETARCH}"

FROM ${NODE_IMAGE}
ARG VERSION=unreleased
ARG REVISION=unknown
ARG NODE_IMAGE
LABEL org.opencontainers.image.title="auth0-alert-router" \
  org.opencontainers.image.description="Routes Auth0 log stream events to Slack by rules in YAML" \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}" \
  org.opencontainers.image.base.name="${NODE_IMAGE}"
ENV NODE_ENV=production \
  HOST=0.0.0.0 \
  PORT=3000 \
  DATABASE_URL=sqlite:/data/router.db
WORKDIR /app
# A named volume gets the owner of the folder that it is first mounted on. Nothing else is written to, so the rest of the
# file system may be read-only.
RUN install -d -o 1000 -g 1000 -m 0700 /data
VOLUME /data
COPY --from=libraries /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json rules.yaml rules.schema.json ./
# The shipped rules; mount your own over /app/rules.yaml, or set RULES_FILE to a file in a folder that you mount.
COPY rules ./rules
# The user node of the base image, by number, so that Kubernetes can tell that it is not root.
USER 1000:1000
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# The exec form: node is process 1 and gets the signal itself.
CMD ["node", "dist/main.js"]
