import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `vite dev` beside a running market: the same paths as behind the front door. */
const FRONT_DOOR = process.env.JISHI_URL ?? 'http://127.0.0.1:4000';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: {
    // The contracts name the server's zod; a page needs only zod itself.
    alias: { '@hono/zod-openapi': join(import.meta.dirname, 'src/api/zod-in-browser.ts') },
  },
  build: {
    target: 'es2022',
    // The content security policy allows no inline script and no data: font or style.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    emptyOutDir: true,
    chunkSizeWarningLimit: 700,
  },
  server: { host: '127.0.0.1', proxy: { '/api': FRONT_DOOR } },
});
