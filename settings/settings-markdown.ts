import type { Setting } from './setting.ts';
import { SETTING_GROUPS } from './settings.ts';

/** docs/settings.md, made from the table that the settings are read with. */
export function settingsMarkdown(): string {
  return [HEAD, ...SETTING_GROUPS.map(({ title, settings }) => section(title, Object.values(settings)))].join('\n');
}

const HEAD = `# Settings

Everything that one installation does differently from another is an environment variable. A blank one counts as unset;
a wrong one stops the program with a message that names it, and a name that begins with \`PSA_SYNC_\` and is not listed
here is warned about. What differs from integration to integration (credentials, ticked types, two-way) is no
environment variable: see \`psa-sync settings --help\`.

While \`npm start\` runs, commands in other terminals find its Postgres and Temporal by themselves, as long as neither
\`DATABASE_URL\` nor \`TEMPORAL_ADDRESS\` is set.

This page is generated from \`settings/\`: change it there, then \`npm run docs\`.
`;

function section(title: string, settings: readonly Setting<unknown>[]): string {
  const rows = settings.map(
    ({ env, text, unit, default: standard, example }) =>
      `| \`${env}\` | ${text} | ${unit ?? ''} | ${code(standard)} | ${code(example)} |`,
  );
  return [
    `## ${title}`,
    '',
    '| name | what it does | unit | default | example |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function code(value: string | undefined): string {
  return value === undefined ? '' : `\`${value}\``;
}
