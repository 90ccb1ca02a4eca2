import { z } from '@hono/zod-openapi';
import { DistrictCode, FieldCode, IndustryCode } from '../codes.ts';

/** Which cell an index value is for: the city, a district, an industry section or a field. */
export const IndexCell = z.union(
  [
    z.literal('city'),
    z.templateLiteral(['district:', DistrictCode]),
    z.templateLiteral(['industry:', IndustryCode]),
    z.templateLiteral(['field:', FieldCode]),
  ],
  { error: 'index-cell' },
);
export type IndexCell = z.infer<typeof IndexCell>;
