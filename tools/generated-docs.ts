import { mappingMarkdown } from '../psa/docs.ts';
import { adapters } from '../psa/registry.ts';
import { settingsMarkdown } from '../settings/settings-markdown.ts';

/** Every page of docs/ that is made from data, by its path from the project's folder. */
export function generatedDocs(): Record<string, string> {
  const mappings = adapters.map((adapter) => [`docs/psa/${adapter.provider}.md`, mappingMarkdown(adapter)] as const);
  return Object.fromEntries([['docs/settings.md', settingsMarkdown()], ...mappings]);
}
