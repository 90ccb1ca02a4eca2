import { z } from '@hono/zod-openapi';
import { v7 } from 'uuid';

/**
 * Ids are UUIDv7 made by the client; the time inside is for index locality only and never read.
 * The same id with the same content is answered again, with other content it is refused.
 */
export const Id = z.uuid().openapi('Id', { example: '0192f0c1-7a3b-7c11-8f52-0a1b2c3d4e5f' });
export type Id = string;

export const newId = (): Id => v7();
