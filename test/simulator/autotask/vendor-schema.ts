import { openVendorSchema } from '../vendor-schema.ts';

export const { pathsWith, problems } = openVendorSchema(new URL('./openapi.json', import.meta.url));
