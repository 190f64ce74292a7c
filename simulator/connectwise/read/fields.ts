import type { Row } from '../store/row.ts';
import type { ReadableField, View } from './view.ts';

/** The parameter `fields` as a tree: `id,status/id` is `{id: {}, status: {id: {}}}`; an empty tree means all. */
interface Tree {
  [name: string]: Tree;
}

function parse(text: string): Tree {
  const tree: Tree = Object.create(null) as Tree;
  for (const path of text.split(',')) {
    let at = tree;
    for (const part of path.trim().toLowerCase().split('/')) {
      if (part === '') continue;
      at = at[part] ??= Object.create(null) as Tree;
    }
  }
  return tree;
}

function isEmpty(tree: Tree): boolean {
  for (const _ in tree) return false;
  return true;
}

function prune(value: unknown, tree: Tree): unknown {
  if (typeof value !== 'object' || value === null || isEmpty(tree)) return value;
  if (Array.isArray(value)) return value.map((item) => prune(item, tree));
  const pruned: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    const subtree = tree[name.toLowerCase()];
    if (subtree) pruned[name] = prune(inner, subtree);
  }
  return pruned;
}

export type Selector = (row: Row) => Record<string, unknown>;

/** Compiles the parameter `fields`: nested selections come back nested, unknown names are left out silently. */
export function compileFields(view: View, fields: string | null): Selector {
  if (!fields) return (row) => view.row(row);
  const tree = parse(fields);
  const chosen = Object.keys(tree).flatMap((name): ReadableField[] => {
    const field = view.field(name);
    const subtree = tree[name];
    if (!field || !subtree) return [];
    if (isEmpty(subtree)) return [field];
    return [{ ...field, served: (row) => prune(field.served(row), subtree) }];
  });
  return (row) => view.pick(row, chosen);
}
