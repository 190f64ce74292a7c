import { it } from 'vitest';
import { testSimulator } from '../../support/sync.ts';
import { connectLine, operatorShell, shellWorker } from './support.ts';
it('x', async () => {
  const shell = await operatorShell();
  const simulator = await testSimulator({ size: 150 });
  await shell.cli('tenant create acme --name Acme');
  await shell.cli(...connectLine(simulator));
  for (const noun of ['type', 'status']) {
    for (const kind of ['organization', 'configuration']) await shell.cli(`${noun} tick --kind ${kind} --all`);
  }
  await shell.cli('settings set contacts-sync=on');
  await shellWorker(shell);
  await shell.cli('sync start --watch');
  console.log('first done');
    simulator.admin.addFaults([{ kind: 'corrupt', path: '/company/contacts', share: 0.2 }]);
  const done = shell.cli('sync start --watch');
  for (let i = 0; i < 12; i++) {
    await new Promise((r) => setTimeout(r, 2000));
    const v = await shell.json<any>('run view');
    console.log(v.state, JSON.stringify(v.ranges.map((r: any) => [r.kind, r.state, r.pages, r.tries, r.counts.read, r.counts.rejected])));
    const d = await shell.client.workflow.getHandle(v.workflowId).describe();
    console.log(d.status.name, JSON.stringify(d.raw.pendingActivities?.map((p: any) => [p.activityType.name, p.attempt, p.lastFailure?.message, p.state])));
    console.log(JSON.stringify(simulator.admin.requests({} as never)).slice(0, 600));
    if (v.state !== 'running') break;
  }
  console.log(await done);
}, 60000);
