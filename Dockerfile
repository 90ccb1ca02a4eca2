FROM node:22-slim
WORKDIR /app
RUN mkdir /data && chown node:node /data /app
USER node
COPY --chown=node:node . .
# The launcher runs TypeScript by tsx and builds the console, so nothing is left out here.
RUN npx -y pnpm@10 install --frozen-lockfile
EXPOSE 4000
CMD ["node", "apps/standalone/start.mjs"]
