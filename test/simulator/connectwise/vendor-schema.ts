import { openVendorSchema } from '../vendor-schema.ts';

export type { Operation, Schema } from '../vendor-schema.ts';

export const { operationAt, queryParameters, resolved, violations, pathsWith, problems } = openVendorSchema(
  new URL('./openapi.json', import.meta.url),
);
