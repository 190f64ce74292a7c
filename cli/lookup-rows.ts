import type { ListNoun } from '../client/operate/ticked-lists.ts';
import type { Kind } from '../domain/kinds.ts';
import { foldText } from '../domain/normalise.ts';
import { CliError } from './cli-error.ts';
import type { Column } from './output.ts';

/** What the two commands have of their own. */
export interface Noun extends ListNoun {
  readonly sample: string;
}

/** A row of a PSA's list. */
export interface ListedRow {
  readonly kind: Kind;
  readonly psaId: string;
  readonly name: string;
  /** Null where there is nothing to tick: contacts come in by the contacts switch, not by their type. */
  readonly ticked: boolean | null;
  /** The PSA no longer offers it. */
  readonly inactive: boolean;
}

export const LISTED_COLUMNS: readonly Column<ListedRow>[] = [
  { title: 'ticked', value: ({ ticked }) => ticked },
  { title: 'kind', value: ({ kind }) => kind },
  { title: 'PSA id', value: ({ psaId }) => psaId, align: 'right' },
  { title: 'name', value: ({ name }) => name },
  { title: 'inactive', value: ({ inactive }) => (inactive ? 'inactive' : null) },
];

/** Rows by PSA id or by name in any case; a refusal names everything that is unknown or could be several. */
export function findRows(noun: Noun, rows: readonly ListedRow[], names: readonly string[]): ListedRow[] {
  const problems: string[] = [];
  const found = names.flatMap((given) => {
    const fits = rows.filter(({ psaId, name }) => psaId === given || foldText(name) === foldText(given));
    if (fits.length === 0) problems.push(`The PSA has no ${noun.name} "${given}".`);
    if (fits.length > 1) {
      problems.push(
        `"${given}" fits ${fits.map(({ psaId, name }) => `${name} (PSA id ${psaId})`).join(' and ')}: name it by its id.`,
      );
    }
    return fits;
  });
  if (problems.length === 0) return found;
  throw new CliError(
    'usage',
    problems.join('\n'),
    `There are: ${rows.map(({ name }) => name).join(', ')}. --refresh asks the PSA for new ones.`,
  );
}
