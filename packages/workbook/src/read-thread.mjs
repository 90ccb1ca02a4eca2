import { register } from 'tsx/esm/api';

// A thread begins without the loader of TypeScript; this brings it in before the first such file.
register();
await import('./read-worker.ts');
