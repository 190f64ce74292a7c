import { describe, expect, it } from 'vitest';
import { mappingMarkdown } from '../../psa/docs.ts';
import { adapterFor } from '../../psa/registry.ts';

const adapter = adapterFor('connectwise');
const page = mappingMarkdown(adapter);

describe('the docs page of a PSA', () => {
  it('shows every row of the mapping with its direction', () => {
    expect(page).toContain('| region | ⇄ | `stateReference/name` |');
    expect(page).toContain('| fax | ← | `faxNumber` |');
    for (const rows of Object.values(adapter.mapping))
      for (const { path } of rows) expect(page).toContain(`\`${path}\``);
  });

  it('tells what limits count, what may be chosen of what is read, and what most people enter', () => {
    const { capabilities, connection } = adapter;
    const [address, ...others] = connection;
    const other = mappingMarkdown({
      ...adapter,
      connection: [{ ...address!, required: false, presets: [{ value: 'eu.psa.example', name: 'Europe' }] }, ...others],
      capabilities: {
        ...capabilities,
        limitsPer: { window: 'endpoint', inFlight: 'integration' },
        pullSettings: [
          {
            ...{ name: 'locations', label: 'Locations', hint: 'Where they come from.', default: 'lists' },
            change: 'After a change, the others become orphans.',
            choices: [
              { value: 'lists', name: 'The list of locations', oneWay: {} },
              {
                value: 'addresses',
                name: 'Addresses of companies',
                oneWay: { location: 'all', contact: ['location'] },
              },
            ],
          },
        ],
      },
    });
    expect(other).toContain('requests to each endpoint in 60 s and 6 at once');
    expect(other).toContain('| `pull.locations=lists` (default) | Locations | The list of locations. |');
    expect(other).toContain('Addresses of companies. Only read then, never written: locations; location of contacts.');
    expect(other).toContain('\nAfter a change, the others become orphans.\n');
    expect(other).toContain('Most enter one of: Europe: `eu.psa.example`. May be left out.');
    expect(page).not.toContain('## What is read');
  });

  it('names the fields that a sync never touches', () => {
    expect(page).toContain('Never touched by a sync: hostname, platform, position.');
  });

  it('tells what to enter, what to grant, and what is taken for granted', () => {
    for (const { label } of adapter.connection) expect(page).toContain(`| ${label} |`);
    for (const { what, level } of adapter.notes.permissions) expect(page).toContain(`| ${what} | ${level} |`);
    for (const text of [...adapter.notes.traps, ...adapter.notes.assumptions.map((one) => one.text)])
      expect(page).toContain(text);
  });

  it('keeps tables whole when a note holds a bar', () => {
    const notes = { ...adapter.notes, permissions: [{ what: 'a|b', level: 'All', why: 'c' }] };
    expect(mappingMarkdown({ ...adapter, notes })).toContain('| a\\|b | All | c |');
  });

  it('says that nothing is written back where a PSA is only read', () => {
    const capabilities = { ...adapter.capabilities, twoWay: false };
    expect(mappingMarkdown({ ...adapter, capabilities })).toContain('none is written back');
  });
});
