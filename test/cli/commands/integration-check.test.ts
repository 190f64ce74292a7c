import { expect, it } from 'vitest';
import { testSimulator } from '../../support/sync.ts';
import { operatorShell } from './support.ts';

it('a check of an integration with two-way sync names the rights to write that are missing, too', async () => {
  const shell = await operatorShell();
  const simulator = await testSimulator({ size: 60 }, { provider: 'autotask', simulator: 'autotask' });
  const { userName = '', secret = '', integrationCode = '' } = simulator.credentials;
  await shell.cli('tenant create acme --name Acme');
  const created = await shell.cli(`integration create autotask --address ${simulator.url} --user-name ${userName}`, {
    stdin: `${secret}\n${integrationCode}\n`,
  });
  expect(created).toMatchObject({ code: 0 });
  simulator.admin.settings({ securityLevel: { Contacts: ['query'] } });
  expect(await shell.json('integration check')).toMatchObject({ ok: true, problems: [] });
  expect(await shell.cli('settings set two-way=on')).toMatchObject({ code: 0 });
  const { code, stderr } = await shell.cli('integration check');
  expect(code).toBe(4);
  expect(stderr).toContain('may not make or change contacts');
  expect(stderr).toContain('CRM > Organizations & Contacts, Add, Edit: All');
});
