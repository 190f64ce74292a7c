import { describe, expect, it } from 'vitest';
import type { Kind } from '../../../domain/kinds.ts';
import type { PsaRecord } from '../../../domain/psa-record.ts';
import type { PsaValues } from '../../../domain/values.ts';
import { plainOurs, plainTheirs, type Plain } from './plain.ts';
import { simulatedPsa } from './simulated-psa.ts';
import { CASES, kindsOf } from './subjects.ts';
import { writablePsa, type WritablePsa } from './writes.ts';

const TWO_WAY = CASES.filter(({ subject }) => subject.writing);
const ONE_WAY = CASES.filter(({ subject }) => !subject.writing);

/** The record as the PSA holds it, by the oracle. */
function truth({ world }: WritablePsa, { kind, psaId }: PsaRecord): Plain {
  const found = world.records(kind).find(({ id }) => id === psaId);
  if (!found) throw new Error(`the PSA does not hold ${kind} ${psaId}`);
  return plainTheirs(found);
}

/** Values in the form of a plain record, to look for in one. */
const plainValues = (kind: Kind, fields: PsaValues) =>
  plainOurs({ kind, psaId: '', types: [], status: null, fields, gone: false }).fields;

const idsOf = ({ world }: WritablePsa, kind: Kind) =>
  world
    .records(kind)
    .map(({ id }) => id)
    .sort();

/** Changing requests of the simulator's journal since it was cleared. */
const changes = ({ admin }: WritablePsa) => admin.journal().entries.filter(({ cause }) => cause === 'request');

describe.each(ONE_WAY)('$name', ({ subject }) => {
  it('takes no writes, and says so', async () => {
    const { connection, adapter } = await simulatedPsa(subject);
    expect(connection.writer).toBeUndefined();
    expect(adapter.capabilities).toMatchObject({ twoWay: false, pushSettings: [] });
  });
});

describe.each(TWO_WAY)('writing to $name', ({ subject }) => {
  const writing = subject.writing!;
  const written = kindsOf(subject).filter((kind) => writing.kinds[kind]);
  const unwritten = kindsOf(subject).filter((kind) => !writing.kinds[kind]);

  it.each(unwritten)('says by name that no %s can be made', async (kind) => {
    const psa = await writablePsa(subject);
    const set: PsaValues = { name: 'Nowhere', organization: psa.world.records('organization')[0]!.id };
    const problems = psa.writer.problems({ kind, set, current: null, settings: psa.settings });
    expect(problems.some(({ code }) => code === 'not_writable')).toBe(true);
  });

  describe.each(written)('a new %s', (kind) => {
    it('is made in one request, and answered as the PSA holds it', async () => {
      const psa = await writablePsa(subject);
      const before = new Set(idsOf(psa, kind));
      const set = psa.kindWriting(kind).create(psa.world);
      expect(psa.writer.problems({ kind, set, current: null, settings: psa.settings })).toEqual([]);
      const made = await psa.create(kind, set);
      expect(idsOf(psa, kind).filter((id) => !before.has(id))).toEqual([made.psaId]);
      expect(plainOurs(made)).toEqual(truth(psa, made));
      expect(plainOurs(made).fields).toMatchObject(plainValues(kind, set));
    });

    it('is found by what it is called, and nothing is where there is none', async () => {
      const psa = await writablePsa(subject);
      const fields = psa.kindWriting(kind).create(psa.world);
      expect(await found(psa, kind, fields)).toEqual([]);
      const made = await psa.create(kind, fields);
      expect(await found(psa, kind, fields)).toEqual([made]);
    });

    it('whose answer is lost may have been made, and is then found once', async () => {
      const psa = await writablePsa(subject);
      const { create, makes } = psa.kindWriting(kind);
      const fields = create(psa.world);
      psa.admin.addFaults([{ kind: 'lost-answer', ...makes, count: 1 }]);
      await expect(psa.create(kind, fields)).rejects.toMatchObject({ code: 'unreachable', mayHaveHappened: true });
      const [made, ...others] = await found(psa, kind, fields);
      expect(others).toEqual([]);
      expect(plainOurs(made!)).toEqual(truth(psa, made!));
    });

    it('that a gateway answered for may have been made; one that was turned away before has not', async () => {
      const psa = await writablePsa(subject);
      const { create, makes } = psa.kindWriting(kind);
      const fields = create(psa.world);
      psa.admin.addFaults([{ status: 429, ...makes, count: 1 }]);
      await expect(psa.create(kind, fields)).rejects.toMatchObject({ code: 'rate_limited', mayHaveHappened: false });
      psa.admin.addFaults([{ status: 503, ...makes, count: 1 }]);
      await expect(psa.create(kind, fields)).rejects.toMatchObject({ code: 'server_error', mayHaveHappened: false });
      expect(await found(psa, kind, fields)).toEqual([]);
      psa.admin.addFaults([{ kind: 'failed-answer', status: 504, ...makes, count: 1 }]);
      await expect(psa.create(kind, fields)).rejects.toMatchObject({ code: 'server_error', mayHaveHappened: true });
      expect(await found(psa, kind, fields)).toHaveLength(1);
    });

    it('is not made by somebody whom a newer attempt has overtaken', async () => {
      const psa = await writablePsa(subject);
      const before = idsOf(psa, kind);
      const overtaken = () => Promise.reject(new Error('overtaken'));
      const fields = psa.kindWriting(kind).create(psa.world);
      await expect(psa.create(kind, fields, overtaken)).rejects.toThrow('overtaken');
      expect(idsOf(psa, kind)).toEqual(before);
      expect(changes(psa)).toEqual([]);
    });

    it('without what the PSA requires is a problem by its name', async () => {
      const psa = await writablePsa(subject);
      const fields = psa.kindWriting(kind).create(psa.world);
      const required = psa.adapter.notes.required[kind] ?? [];
      expect(required.length).toBeGreaterThan(0);
      for (const field of required.filter((name) => name in fields)) {
        const set = { ...fields, [field]: null };
        const problems = psa.writer.problems({ kind, set, current: null, settings: psa.settings });
        expect(problems).toContainEqual(expect.objectContaining({ field, code: 'missing_fields' }));
      }
    });
  });

  describe.each(written)('a changed %s', (kind) => {
    it('has those fields changed and no others, and is answered as the PSA holds it', async () => {
      const psa = await writablePsa(subject);
      const { create, updates, follows = [] } = psa.kindWriting(kind);
      let record = await psa.create(kind, create(psa.world));
      expect(updates.length).toBeGreaterThan(0);
      for (const update of updates) {
        const before = truth(psa, record);
        const set = update(record, psa.world);
        record = await psa.update(record, set);
        const after = truth(psa, record);
        expect(plainOurs(record)).toEqual(after);
        expect(after.fields).toMatchObject(plainValues(kind, set));
        const moved = Object.keys(after.fields).filter((field) => after.fields[field] !== before.fields[field]);
        expect(moved.filter((field) => !follows.includes(field)).sort()).toEqual(Object.keys(set).sort());
      }
    });

    it('that broke off anywhere is brought to its end by doing the same again, with nothing doubled', async () => {
      const psa = await writablePsa(subject);
      const { create, updates } = psa.kindWriting(kind);
      const first = await psa.create(kind, create(psa.world));
      for (let skipped = 0; skipped < 6; skipped += 1) {
        // There and back again, so that each round has something to do.
        for (const update of [...updates, () => psa.kindWriting(kind).create(psa.world)]) {
          const set = onlyWritable(psa, kind, update(first, psa.world));
          const others = idsOf(psa, kind);
          psa.admin.addFaults([{ kind: 'lost-answer', method: WRITES, path: '/', afterRequests: skipped, count: 1 }]);
          await psa.update(first, set).catch(() => undefined);
          psa.admin.clearFaults();
          const record = await psa.update(first, set);
          expect(plainOurs(record).fields).toMatchObject(plainValues(kind, set));
          expect(plainOurs(record)).toEqual(truth(psa, record));
          expect(idsOf(psa, kind)).toEqual(others);
        }
      }
    });

    it('that has changed nothing sends nothing that changes something', async () => {
      const psa = await writablePsa(subject);
      const record = await psa.create(kind, psa.kindWriting(kind).create(psa.world));
      psa.admin.clearJournal();
      const answer = await psa.update(record, onlyWritable(psa, kind, record.fields));
      expect(answer).toEqual(record);
      expect(changes(psa).flatMap(({ changed }) => Object.keys(changed))).toEqual([]);
    });

    it('is refused by name where a field only comes from the PSA, or has no place in it', async () => {
      const psa = await writablePsa(subject);
      const current = await psa.create(kind, psa.kindWriting(kind).create(psa.world));
      const rows = psa.adapter.mapping[kind] ?? [];
      for (const { field } of rows.filter(({ direction }) => direction === 'pull')) {
        const set = { [field]: `other ${field}` };
        const problems = psa.writer.problems({ kind, set, current, settings: psa.settings });
        expect(problems).toContainEqual(expect.objectContaining({ field, code: 'not_writable' }));
        for (const { message } of problems) expect(message).not.toContain('other ');
      }
      const problems = psa.writer.problems({ kind, set: { nowhere: 'x' }, current, settings: psa.settings });
      expect(problems).toContainEqual(expect.objectContaining({ field: 'nowhere', code: 'not_writable' }));
    });
  });

  it('is refused in plain words, for good, without the value', async () => {
    const { kind, set, secret } = writing.refused;
    const psa = await writablePsa(subject);
    const record = await psa.create(kind, psa.kindWriting(kind).create(psa.world));
    const before = truth(psa, record);
    const change = set(record, psa.world);
    expect(psa.writer.problems({ kind, set: change, current: record, settings: psa.settings })).toEqual([]);
    const error = await psa.update(record, change).catch((reason: unknown) => reason as Error);
    expect(error).toMatchObject({ name: 'PsaError', code: 'refused', retry: 'never', scope: 'record' });
    expect((error as Error).message).not.toContain(secret);
    expect((error as Error).message.length).toBeGreaterThan(30);
    expect(truth(psa, record)).toEqual(before);
  });

  it('offers what its settings can be set to', async () => {
    const psa = await writablePsa(subject);
    for (const { name, takes } of psa.adapter.capabilities.pushSettings) {
      const choices = await psa.writer.pushChoices(name);
      expect(choices.length > 0).toBe(takes === 'row');
      for (const choice of choices) expect(choice.name).not.toBe('');
    }
  });
});

const WRITES = ['POST', 'PUT', 'PATCH', 'DELETE'];

const found = async (psa: WritablePsa, kind: Kind, fields: PsaValues) =>
  (await psa.writer.find({ kind, fields })).filter(
    (record) => plainOurs(record).fields[labelOf(kind)] === fields[labelOf(kind)],
  );

const labelOf = (kind: Kind) => (kind === 'contact' ? 'lastName' : 'name');

/** Fields of a record that can be written, of those given. */
function onlyWritable({ adapter }: WritablePsa, kind: Kind, fields: PsaValues): PsaValues {
  const rows = adapter.mapping[kind] ?? [];
  const isBoth = (name: string) => rows.some(({ field, direction }) => field === name && direction === 'both');
  return Object.fromEntries(Object.entries(fields).filter(([name]) => isBoth(name)));
}
