import type { Attribute } from './attribute.ts';
import type { JsonValue, ResourceObject } from './document.ts';

/** A row of a list, or a place, as replies show it. */
export function renderRow(
  resource: { readonly type: string; readonly attributes: readonly Attribute[] },
  row: { readonly id: string } & Readonly<Record<string, unknown>>,
): ResourceObject {
  const attributes = resource.attributes.map(({ name, shape, source }) => {
    const value = 'field' in source ? (row[source.field] ?? null) : null;
    return [name, shown(shape, value)] as const;
  });
  return { id: row.id, type: resource.type, attributes: Object.fromEntries(attributes) };
}

function shown(shape: Attribute['shape'], value: unknown): JsonValue {
  if (value instanceof Date) return value.toISOString();
  return shape === 'id' && value !== null ? Number(value) : (value as JsonValue);
}
