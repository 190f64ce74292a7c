import { beforeAll, describe, expect, it } from 'vitest';
import { testSimulator } from '../../support/sync.ts';
import { connectLine, type OperatorShell, operatorShell } from './support.ts';

let shell: OperatorShell;

beforeAll(async () => {
  shell = await operatorShell();
  await shell.cli('tenant create acme --name Acme');
  await shell.cli(...connectLine(await testSimulator({ size: 60 })));
});

const scheduleIds = async () => {
  const ids: string[] = [];
  for await (const { scheduleId } of shell.client.schedule.list()) ids.push(scheduleId.replace(/-\d+$/, ''));
  return ids.sort();
};

describe('settings', () => {
  it('are shown by the names that people know, with units in words', async () => {
    const { stdout } = await shell.cli('settings view');
    expect(stdout).toMatch(/Enable contacts sync +off +\(contacts-sync\)/);
    expect(stdout).toMatch(/Full sync +off +\(full-sync-every\)/);
    expect(stdout).toMatch(/Requests per window +900 requests/);
  });

  it("include the PSA's own, with their defaults", async () => {
    expect((await shell.cli('settings view')).stdout).toMatch(
      /Site of new companies +Main by default +\(push\.newCompanySite\)/,
    );
    const wrong = await shell.cli('settings set push.colour=red pull.locations=none push.newCompanySite');
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toContain('has no push setting "colour"');
    expect(wrong.stderr).toContain('has no pull setting "locations"');
    expect(wrong.stderr).toContain('push.newCompanySite needs a value');
    const set = await shell.json<{ push: object }>('settings set push.newCompanySite=Head=Office');
    expect(set.push).toEqual({ newCompanySite: 'Head=Office' });
    const back = await shell.json<{ push: object }>('settings set push.newCompanySite=');
    expect(back.push).toEqual({});
  });

  it("list what the PSA's own can be set to, as the PSA has it", async () => {
    const choices = await shell.json<{ value: string; name: string }[]>('settings choices push.contactEmailType');
    expect(choices.length).toBeGreaterThan(0);
    const [first] = choices;
    const set = await shell.json<{ push: object }>(`settings set push.contactEmailType=${first?.value}`);
    expect(set.push).toEqual({ contactEmailType: first?.value });
    expect((await shell.cli('settings choices push.newCompanySite')).stderr).toContain('any text');
    expect(await shell.cli('settings choices push.colour')).toMatchObject({ code: 2 });
  });

  it("refuse for the PSA's own what the PSA does not have, by name and with the way out, and keep what was chosen", async () => {
    const before = await shell.json<{ push: object }>('settings view');
    const word = await shell.cli('settings set push.contactPhoneType=Nobody');
    expect(word).toMatchObject({ code: 2, stdout: '' });
    expect(word.stderr).toMatch(
      /contactPhoneType must be a number .*`psa-sync settings choices push\.contactPhoneType`/s,
    );
    const number = await shell.cli('settings set push.contactPhoneType=987654 push.contactFaxType=987655');
    expect(number).toMatchObject({ code: 2, stdout: '' });
    for (const [name, value] of [
      ['contactPhoneType', '987654'],
      ['contactFaxType', '987655'],
    ]) {
      expect(number.stderr).toContain(`ConnectWise has no ${value} to choose for push.${name}`);
      expect(number.stderr).toContain(`psa-sync settings choices push.${name}`);
    }
    expect((await shell.json<{ push: object }>('settings view')).push).toEqual(before.push);
  });

  it('are explained by the help', async () => {
    const { stdout } = await shell.cli('settings --help');
    expect(stdout).toContain("Keep local value when the PSA's is blank");
  });

  it('change together, or not at all when one of them is wrong', async () => {
    const wrong = await shell.cli('settings set contacts-sync=on full-sync-every=often colour=red two-way=perhaps');
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toContain('full-sync-every must be 30m, 4h, 1d');
    expect(wrong.stderr).toContain('There is no setting "colour"');
    expect(wrong.stderr).toContain('two-way must be on or off');
    expect(await shell.json('settings view')).toMatchObject({ contactsSync: false });
    const right = await shell.json('settings set contacts-sync=on keep-local-when-blank=yes requests-in-flight=3');
    expect(right).toMatchObject({ contactsSync: true, keepLocalWhenBlank: true, requestsInFlight: 3 });
  });

  it('that decide what comes in say that a full sync is due', async () => {
    expect((await shell.cli('settings set contacts-sync=off')).stderr).toContain('psa-sync sync start');
    expect((await shell.cli('settings set window-seconds=60')).stderr).toBe('');
  });

  it('above what the vendor allows are taken, and warned of wherever somebody looks', async () => {
    const { code, stderr } = await shell.cli('settings set requests-per-window=100000');
    expect(code).toBe(0);
    const warning =
      'ConnectWise allows 1000 requests in 60 s, and 100000 in 60 s are set: unless it has raised that for you';
    expect(stderr).toContain(`Warning: ${warning}`);
    expect(stderr).toContain('requests-per-window=900 window-seconds=60');
    expect((await shell.cli('integration view')).stdout).toContain(warning);
    const found = await shell.json<{ state: string; seen: string; wayOut: string }[]>('doctor');
    const warned = found.filter(({ seen }) => seen.startsWith(warning));
    expect(warned).toMatchObject([
      { state: 'warn', wayOut: expect.stringContaining('requests-per-window=900') as string },
    ]);
    expect((await shell.cli('settings set requests-per-window=900')).stderr).toBe('');
  });

  it('switch two-way sync on, and say what that does not push', async () => {
    expect((await shell.cli('settings set two-way=on')).stderr).toContain('psa-sync push all');
    expect(await shell.json('settings view')).toMatchObject({ twoWay: true });
    expect((await shell.cli('settings set two-way=on')).stderr).toBe('');
    expect(await shell.cli('settings set two-way=off')).toMatchObject({ code: 0 });
  });

  it("take Temporal's schedules along at once", async () => {
    await shell.cli('settings set full-sync-every=4h contact-sync-every=90m');
    await expect.poll(scheduleIds).toEqual(['contact-sync-connectwise', 'full-sync-connectwise', 'housekeeping']);
    const { stdout } = await shell.cli('settings view');
    expect(stdout).toMatch(/Full sync +every 4 hours/);
    expect(stdout).toMatch(/Contact sync +every 90 minutes/);
    await shell.cli('settings set full-sync-every=off contact-sync-every=off');
    await expect.poll(scheduleIds).toEqual(['housekeeping']);
  });

  it('are stored even when Temporal is away, which is said', async () => {
    const away = { TEMPORAL_ADDRESS: '127.0.0.1:1' };
    const { code, stderr } = await shell.cli('settings set full-sync-every=1d', { environment: away });
    expect(code).toBe(0);
    expect(stderr).toContain('Housekeeping sees to it');
    expect(await shell.json('settings view')).toMatchObject({ fullSyncEveryMinutes: 1440 });
  });
});
