import { FIELDS } from '../domain/fields.ts';
import type { Kind } from '../domain/kinds.ts';
import type { ConnectionField, LimitScopes, MappingRow, PsaAdapter, PsaCapabilities, PullChoice } from './contract.ts';

const DIRECTIONS: Readonly<Record<MappingRow['direction'], string>> = { both: '⇄', pull: '←' };

/** The page `docs/psa/<provider>.md`: everything in it comes from the adapter's own data, so that it can't go stale unseen. */
export function mappingMarkdown(adapter: PsaAdapter): string {
  const { title, notes, capabilities, connection } = adapter;
  const sections = [
    `# ${title}`,
    `<!-- Generated from the mapping tables in psa/${adapter.provider}; change those. -->`,
    notes.summary,
    '## Connecting',
    table(
      ['Field', 'What to enter'],
      connection.map((field) => [field.label, entered(field)]),
    ),
    '## Permissions',
    table(
      ['Right', 'Level', 'Needed for'],
      notes.permissions.map(({ what, level, why }) => [what, level, why]),
    ),
    '## Limits',
    limits(capabilities),
    ...pulling(capabilities),
    '## Fields',
    directions(capabilities.twoWay),
    ...capabilities.kinds.flatMap((kind) => [`### ${capitalised(kind)}`, fields(kind, adapter.mapping[kind] ?? [])]),
    ...pushing(adapter),
    '## Good to know',
    bullets(notes.traps),
    '## Assumptions',
    `What the vendor does not document and this adapter takes for granted.`,
    bullets(notes.assumptions.map(({ name, text }) => `**${name}.** ${text}`)),
  ];
  return `${sections.join('\n\n')}\n`;
}

function entered({ hint, secret, required, presets = [] }: ConnectionField): string {
  const common = presets.map(({ value, name }) => `${name}: \`${value}\``).join(', ');
  return [
    hint,
    ...(common === '' ? [] : [`Most enter one of: ${common}.`]),
    ...(secret ? ['Kept sealed, never shown again.'] : []),
    ...(required ? [] : ['May be left out.']),
  ].join(' ');
}

/** What the limits count, where it is not everything together. */
function limits({
  limits: { requestsPerWindow, windowSeconds, requestsInFlight },
  vendorLimits: { requests, requestsInFlight: atOnce },
  limitsPer,
}: PsaCapabilities): string {
  const each = (scope: LimitScopes['window']) => (scope === 'endpoint' ? ' to each endpoint' : '');
  const own = `At most ${requestsPerWindow} requests${each(limitsPer.window)} in ${windowSeconds} s and ${requestsInFlight}${each(limitsPer.inFlight)} at once, unless the integration's settings say otherwise.`;
  const allowed = [
    ...(requests === null ? [] : [`${requests.most} requests${each(limitsPer.window)} in ${requests.seconds} s`]),
    ...(atOnce === null ? [] : [`${atOnce}${each(limitsPer.inFlight)} at once`]),
  ];
  const vendors =
    allowed.length === 0
      ? 'The vendor names no limit.'
      : `The vendor allows ${allowed.join(' and ')}; settings above that are taken, as it may have raised it for you, and warned of.`;
  return `${own} ${vendors}`;
}

/** What an operator can choose of what is read. */
function pulling({ pullSettings }: PsaCapabilities): string[] {
  if (pullSettings.length === 0) return [];
  const rows = pullSettings.flatMap(({ name, label, hint, default: usual, choices }) =>
    choices.map(({ value, name: words, oneWay }) => [
      `\`pull.${name}=${value}\`${value === usual ? ' (default)' : ''}`,
      label,
      `${words}.${oneWayWords(oneWay)}`,
      hint,
    ]),
  );
  return [
    '## What is read',
    table(['Setting', '', 'Choice', 'What it is for'], rows),
    ...pullSettings.map(({ change }) => change),
  ];
}

function oneWayWords(oneWay: PullChoice['oneWay']): string {
  const told = Object.entries(oneWay).map(([kind, fields]) =>
    fields === 'all' ? `${kind}s` : `${fields.join(', ')} of ${kind}s`,
  );
  return told.length === 0 ? '' : ` Only read then, never written: ${told.join('; ')}.`;
}

function directions(twoWay: boolean): string {
  if (!twoWay) return 'Every field comes from the PSA; none is written back.';
  return `${DIRECTIONS.both}: comes from the PSA, and with two-way sync on, edits go back. ${DIRECTIONS.pull}: only comes from the PSA and stays read-only.`;
}

/** What it takes to make records in the PSA; nothing where it only gives. */
function pushing({ title, capabilities, notes }: PsaAdapter): string[] {
  if (!capabilities.twoWay) return [];
  const required = capabilities.kinds.map((kind) => [kind, (notes.required[kind] ?? []).join(', ')]);
  const settings = capabilities.pushSettings.map(({ name, label, hint, default: value }) => [
    `\`push.${name}\``,
    label,
    hint,
    value ?? '',
  ]);
  return [
    '## Making records in the PSA',
    `With two-way sync on, a record that is new here is made in ${title} once it has:`,
    table(['Kind', 'Required'], required),
    ...(settings.length === 0
      ? []
      : ['Settings for it:', table(['Setting', '', 'What it is for', 'Default'], settings)]),
  ];
}

/** The mapped fields, then the names of those that the PSA does not have: a sync never touches them. */
function fields(kind: Kind, rows: readonly MappingRow[]): string {
  const mapped = table(
    ['Field', '', 'PSA', 'Note'],
    rows.map(({ field, direction, path, note }) => [field, DIRECTIONS[direction], `\`${path}\``, note ?? '']),
  );
  const others = Object.keys(FIELDS[kind]).filter((field) => !rows.some((row) => row.field === field));
  return others.length === 0 ? mapped : `${mapped}\n\nNever touched by a sync: ${others.join(', ')}.`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const bullets = (items: readonly string[]) => items.map((item) => `- ${item}`).join('\n');

const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
