import { beforeAll, describe, expect, it } from 'vitest';
import { type OperatorShell, operatorShell } from './support.ts';

let shell: OperatorShell;

beforeAll(async () => {
  shell = await operatorShell();
});

describe('tenant', () => {
  it('says how to make the first one', async () => {
    expect(await shell.cli('tenant list')).toMatchObject({ code: 0, stdout: '' });
    expect((await shell.cli('tenant list')).stderr).toContain('psa-sync tenant create');
  });

  it('is made once, and says what comes next', async () => {
    const made = await shell.cli('tenant create acme --name "Acme IT"');
    expect(made).toMatchObject({ code: 0 });
    expect(made.stderr).toContain('psa-sync integration create <psa> --tenant acme');
    const again = await shell.cli('tenant create acme --name "Acme IT"');
    expect(again).toMatchObject({ code: 2, stdout: '' });
    expect(again.stderr).toContain('"acme" already');
    expect(await shell.json('tenant list')).toEqual([
      expect.objectContaining({ key: 'acme', name: 'Acme IT', integrations: [] }),
    ]);
  });

  it('takes no key that would not fit into an id', async () => {
    const { code, stderr } = await shell.cli('tenant create "Acme IT" --name Acme');
    expect(code).toBe(2);
    expect(stderr).toContain('lower-case letters');
  });

  it('that does not exist is named, with the way to see all', async () => {
    const { code, stderr } = await shell.cli('integration list --tenant nobody');
    expect(code).toBe(2);
    expect(stderr).toContain('no tenant "nobody"');
  });
});
