/** One operation of a PATCH, with its path as live clients spell it. */
interface Operation {
  readonly op: 'replace';
  readonly path: string;
  readonly value: unknown;
}

/** Values by their names as operations that replace them; see ASSUMPTIONS for null. */
export function operations(values: Readonly<Record<string, unknown>>): Operation[] {
  return Object.entries(values).map(([name, value]) => ({
    op: 'replace',
    path: `/${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    value,
  }));
}
