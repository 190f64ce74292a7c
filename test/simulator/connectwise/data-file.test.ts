import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createConnectWise } from '../../../simulator/connectwise/index.ts';
import type { SimulatedPsa } from '../../../simulator/psa.ts';
import { startForTest, type ApiClient } from './api-client.ts';

function dataFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'simulator-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'changes.jsonl');
}

const everything = ({ simulator: { admin } }: ApiClient): string =>
  JSON.stringify(admin.collections().map((name) => [...admin.state(name)]));

const open = (file: string, size = 100, seed = 7): SimulatedPsa =>
  createConnectWise({ size, seed, dataFile: file, now: Date.now });

describe('the data file', () => {
  it('brings every change back after a restart', async () => {
    const file = dataFile();
    const client = await startForTest({ dataFile: file });
    await client.send('POST', '/company/companies', { identifier: 'Kept', name: 'Kept', site: { name: 'Main' } });
    const contact = {
      firstName: 'Kept',
      company: { id: 2 },
      communicationItems: [{ type: { id: 1 }, value: 'a@b.c' }],
    };
    const { row } = await client.send('POST', '/company/contacts', contact);
    await client.replace('/company/companies/2', { name: 'Renamed', addressLine1: '1 Moved St' });
    await client.send('DELETE', `/company/contacts/${String(row['id'])}`);
    client.simulator.admin.mutate({ seed: 3, insert: 10, change: 30, delete: 10, merge: 1 });
    const before = everything(client);
    await client.simulator.close();

    const again = await startForTest({ dataFile: file });
    expect(everything(again)).toBe(before);
    // References replayed from the file are live ones.
    await again.replace('/company/companies/2', { name: 'Renamed again' });
    const { rows } = await again.get('/company/contacts', { conditions: 'company/id=2', fields: 'company/name' });
    expect(rows[0]).toEqual({ company: { name: 'Renamed again' } });
  });

  it('never gives an id twice, also when the newest record was deleted before the restart', async () => {
    const file = dataFile();
    const client = await startForTest({ dataFile: file });
    const { row } = await client.send('POST', '/company/contacts', { firstName: 'Last' });
    await client.send('DELETE', `/company/contacts/${String(row['id'])}`);
    const again = await startForTest({ dataFile: file });
    const next = await again.send('POST', '/company/contacts', { firstName: 'Next' });
    expect(Number(next.row['id'])).toBeGreaterThan(Number(row['id']));
  });

  it('is emptied by a reset', async () => {
    const file = dataFile();
    const client = await startForTest({ dataFile: file });
    await client.replace('/company/companies/2', { name: 'Gone' });
    client.simulator.admin.reset();
    expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(1);
  });

  it('of other data is refused with the numbers that fit', () => {
    const file = dataFile();
    open(file, 100, 7);
    expect(() => open(file, 200, 7)).toThrow('holds changes of --size 100 --seed 7, not of --size 200 --seed 7');
  });

  it('survives a line that was cut by a kill, and refuses what is no data file', () => {
    const file = dataFile();
    open(file).deleteRows('contacts', [40_001, 40_002, 40_003]);
    const left = open(file).counts()['contacts'];
    appendFileSync(file, '{"in":"contacts","gone":4');
    expect(open(file).counts()['contacts']).toBe(left);
    expect(readFileSync(file, 'utf8').endsWith('\n')).toBe(true);
    writeFileSync(file, 'hello\n');
    expect(() => open(file)).toThrow('is not a simulator’s data file'.replace('’', "'"));
  });
});
