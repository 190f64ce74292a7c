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
