import type { Kind } from '../domain/kinds.ts';
import type { PullChoice } from '../psa/contract.ts';

/** What is read after organizations: streams side by side, the kinds of each one after the other. */
export function streamsOf(kinds: readonly Kind[], choices: readonly PullChoice[]): Kind[][] {
  const children = kinds.filter((kind) => kind !== 'organization');
  const before = (kind: Kind) => choices.flatMap(({ after }) => after?.[kind] ?? [])[0];
  const first = children.filter((kind) => before(kind) === undefined);
  return first.map((kind) => [kind, ...children.filter((other) => before(other) === kind)]);
}
