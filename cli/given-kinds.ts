import type { RuledIntegration } from '../domain/provider-rules.ts';
import { fieldNames } from '../domain/fields.ts';
import { adapterFor, providerRules } from '../psa/registry.ts';

/** What no edit and no new record of reaches the PSA, two-way sync or not, in a sentence; null where that is no kind. */
export function givenKindsInWords(integration: RuledIntegration & { readonly key: string }): string | null {
  const { kinds } = adapterFor(integration.provider).capabilities;
  const given = kinds.filter((kind) =>
    fieldNames(kind).every((field) => providerRules.directionOf(integration, kind, field) !== 'both'),
  );
  if (given.length === 0) return null;
  const names = given.map((kind) => `${kind}s`).join(' and ');
  return `From ${integration.key}, ${names} only come: they stay read-only here, and those made here stay here.`;
}
