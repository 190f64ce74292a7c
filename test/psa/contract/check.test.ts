import { describe, expect, it } from 'vitest';
import { adapterFor } from '../../../psa/registry.ts';
import { simulatedPsa } from './simulated-psa.ts';
import { CASES } from './subjects.ts';

describe.each(CASES)('connecting $name', ({ subject }) => {
  it('finds nothing to complain about with good credentials', async () => {
    const { connection } = await simulatedPsa(subject);
    await expect(connection.check()).resolves.toMatchObject({ problems: [] });
  });

  it('is refused with wrong ones, for good, in words that do not repeat them', async () => {
    const { reconnect } = await simulatedPsa(subject);
    const error: unknown = await reconnect({ entries: subject.wrong })
      .check()
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'PsaError', code: 'unauthorized', retry: 'never', scope: 'integration' });
    for (const secret of Object.values(subject.wrong)) expect(String(error)).not.toContain(secret);
  });

  it('names the right that is missing, and what to do', async () => {
    const { simulator, connection } = await simulatedPsa(subject);
    const words = subject.forbid(simulator);
    const { problems } = await connection.check();
    expect(problems.map(({ what }) => what).join('\n')).toMatch(words);
    for (const { fix } of problems) expect(fix.length).toBeGreaterThan(20);
  });

  it('gives every type and status of the PSA by its id and name, each once', async () => {
    const { connection, adapter, simulator } = await simulatedPsa(subject);
    const rows = await connection.lookups();
    const said = rows.map(({ list, psaId, name }) => `${list} ${psaId} ${name}`).sort();
    const wanted = subject.reading
      .lists(simulator)
      .map(({ list, id, name }) => `${list} ${id} ${name}`)
      .sort();
    expect(said).toEqual(wanted);
    for (const gate of Object.values(adapter.capabilities.gate))
      for (const list of [gate.types, gate.statuses]) expect(rows.some((row) => row.list === list)).toBe(true);
  });

  it('has a place for every field of the form, and says of wrong entries which they are', () => {
    const { adapterFields, refuse } = entries(subject);
    for (const field of adapterFields.filter(({ required }) => required)) {
      const issues = refuse({ [field.name]: '' });
      expect(issues.map(({ path }) => path[0])).toContain(field.name);
      expect(issues.map(({ message }) => message).join()).toContain(field.label);
    }
  });

  function entries({ provider }: typeof subject) {
    const { connection, connectionSchema } = adapterFor(provider);
    return {
      adapterFields: connection,
      refuse: (entered: Record<string, string>) => connectionSchema.safeParse(entered).error?.issues ?? [],
    };
  }
});
