# Alimflow: one image for the server and for workers. docker-compose.yml starts everything.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 ALIMFLOW_DATA_DIR=/data
WORKDIR /app
# Times of files are kept: the built editor is newer than its sources, and is not built again.
COPY --from=build /app /app
# Volumes that are mounted here for the first time get this owner.
RUN mkdir -p /data /shop && chown node:node /data /shop
USER node
EXPOSE 3000
# A call to a provider may take until its time-out; the rest is handed back.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["node", "server/cli/healthy.ts", "server"]
ENTRYPOINT ["node", "server/cli/alimflow.ts"]
CMD ["start"]
