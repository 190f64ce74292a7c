import { beforeAll, describe, expect, it } from 'vitest';
import { adapterFor } from '../../../psa/registry.ts';
import { enteredFor } from '../../support/connected-psa.ts';
import { testSimulator } from '../../support/sync.ts';
import type { Subject } from '../../psa/contract/subject.ts';
import { CASES } from '../../psa/contract/subjects.ts';
import { type OperatorShell, operatorShell } from './support.ts';

let shell: OperatorShell;

beforeAll(async () => {
  shell = await operatorShell();
  await shell.cli('tenant create acme --name Acme');
});

const kebab = (name: string) => name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);

/** Of a PSA of which it is chosen what is read. */
const hasOneWayChoice = ({ provider, pull = {} }: Subject): boolean =>
  adapterFor(provider).capabilities.pullSettings.some(({ name, choices }) =>
    choices.some(({ value, oneWay }) => value === pull[name] && Object.values(oneWay).includes('all')),
  );

describe.each(CASES)('$name', ({ name, subject }) => {
  it('is connected from a script: options, and secrets from standard input', async () => {
    const simulator = await testSimulator({ size: 60 }, subject);
    const entered = enteredFor(subject, simulator);
    const { connection, gate } = { ...adapterFor(subject.provider), ...adapterFor(subject.provider).capabilities };
    const given = connection.filter((field) => entered[field.name] !== undefined);
    const options = given
      .filter(({ secret }) => !secret)
      .map((field) => `--${kebab(field.name)} "${entered[field.name]}"`);
    const secrets = given.filter(({ secret }) => secret).map((field) => `${entered[field.name]}\n`);
    const line = `integration create ${subject.provider} --key ${name} ${options.join(' ')}`;
    const connected = await shell.cli(line, { stdin: secrets.join('') });
    expect(connected.stderr).toContain('Nothing syncs before it is ticked.');
    expect(connected.code).toBe(0);
    expect(connected.stderr.includes('--kind configuration'), 'devices are spoken of where there are some').toBe(
      gate.configuration !== undefined,
    );
    for (const [setting, value] of Object.entries(subject.pull ?? {})) {
      const set = `settings set pull.${setting}=${value} --integration ${name}`;
      expect((await shell.cli(set)).stderr).toContain('After a change, ');
      expect((await shell.cli(set)).stderr).not.toContain('After a change, ');
    }
    expect(await shell.cli(`integration check ${name}`)).toMatchObject({ code: 0 });
  });

  it('says, when two-way sync is switched on and when everything is to be pushed, what only comes from it', async () => {
    const { mapping, capabilities } = adapterFor(subject.provider);
    if (!capabilities.twoWay)
      return expect(await shell.cli(`settings set two-way=on --integration ${name}`)).toMatchObject({ code: 2 });
    const isPushed = capabilities.kinds.map((kind) => mapping[kind]?.some(({ direction }) => direction === 'both'));
    for (const command of ['settings set two-way=on', 'push all']) {
      const { code, stderr } = await shell.cli(`${command} --integration ${name}`);
      expect(code).toBe(0);
      expect(stderr.includes('and those made here stay here'), command).toBe(
        isPushed.includes(false) || hasOneWayChoice(subject),
      );
    }
  });
});

it('a kind that a PSA does not have can not be ticked, in words that say so', async () => {
  const refused = await shell.cli('type tick --kind configuration --all --integration tigerpaw');
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('No configurations come from Tigerpaw: there is nothing to tick.');
});
