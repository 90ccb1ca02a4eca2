import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Refusal } from '@jishi/contracts/problem';
import type { Service } from './service.ts';

const FILES: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};

const page = (title: string): string => `<!doctype html><html lang="zh-CN"><head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title}</title><link rel="stylesheet" href="docs/swagger-ui.css"></head>
<body><div id="ui"></div><script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script></body></html>`;

const START =
  "SwaggerUIBundle({url:'openapi.json',dom_id:'#ui',deepLinking:true,defaultModelsExpandDepth:0});";

/** The viewer sets style attributes and shows data: images; scripts are ours alone. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

/** `openapi.json` and a browsable page beside it, all from this origin. */
export const serveDocuments = (service: Service, name: string, title: string): void => {
  const { app } = service;
  const base = `/api/${name}`;
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
  });
  if (service.served.some((spec) => spec.accepts === 'cookie')) {
    app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
      type: 'apiKey',
      in: 'cookie',
      name: 'jishi.session_token',
    });
  }
  app.get(`${base}/openapi.json`, (c) =>
    c.json(
      app.getOpenAPI31Document({ openapi: '3.1.0', info: { title, version: '0.1.0' } }) as object,
    ),
  );
  app.get(`${base}/docs`, (c) => c.html(page(title), 200, { 'content-security-policy': POLICY }));
  app.get(`${base}/docs/start.js`, (c) =>
    c.body(START, 200, { 'content-type': 'text/javascript' }),
  );
  app.get(`${base}/docs/:file`, async (c) => {
    const file = c.req.param('file');
    const type = FILES[file];
    if (!type) throw new Refusal('not-found');
    return c.body(await readFile(join(folder, file)), 200, { 'content-type': type });
  });
};
