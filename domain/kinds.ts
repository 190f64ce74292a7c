/** The four kinds of record that are kept in step; one word each in code, tables, CLI and API. */
export const KINDS = ['organization', 'location', 'contact', 'configuration'] as const;

export type Kind = (typeof KINDS)[number];

/** Kinds that live inside an organization, and so sync only if it does. */
export const CHILD_KINDS = ['location', 'contact', 'configuration'] as const satisfies readonly Kind[];

export type ChildKind = (typeof CHILD_KINDS)[number];
