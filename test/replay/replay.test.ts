import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundleWithSourceMap, Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from 'vitest';

const FOLDER = new URL('./histories/', import.meta.url);
const HISTORIES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));

let workflowBundle: WorkflowBundleWithSourceMap;

beforeAll(async () => {
  const workflowsPath = fileURLToPath(new URL('../../workflows/index.ts', import.meta.url));
  workflowBundle = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
}, 60_000);

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as { events: { eventType: string }[] };

describe('workflows that began under a released version', () => {
  it('are recorded', () => {
    expect(HISTORIES.length).toBeGreaterThan(5);
  });

  it.each(HISTORIES)('go on from %s', async (name) => {
    await Worker.runReplayHistory({ workflowBundle }, read(name));
  });

  it('would be noticed if they could not: a history with another step in it fails', async () => {
    const history = read(HISTORIES.find((name) => name.endsWith('full-sync.json')) ?? '');
    const tampered = JSON.stringify(history).replaceAll('"resolveReferences"', '"somethingElse"');
    await expect(Worker.runReplayHistory({ workflowBundle }, JSON.parse(tampered))).rejects.toThrow('TMPRL1100');
  });
});
