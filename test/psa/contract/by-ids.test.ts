import { describe, expect, it } from 'vitest';
import type { Kind } from '../../../domain/kinds.ts';
import type { TheirRecord } from '../../oracle/theirs.ts';
import { plainOurs, plainTheirs } from './plain.ts';
import { parentOf, simulatedPsa, type SimulatedPsa } from './simulated-psa.ts';
import { CASES, kindsOf } from './subjects.ts';

const asked = (records: readonly TheirRecord[]) =>
  records.map((record) => ({ psaId: record.id, organizationPsaId: parentOf(record) || null }));

/** Deletes a record past all rules, with what it is made of. */
const remove = ({ simulator, admin, kind }: SimulatedPsa, of: Kind, record: TheirRecord) =>
  kind(of).remove?.(simulator, record) ?? admin.deleteRows(kind(of).collection, [Number(record.id)]);

describe.each(CASES)('asking $name by id', ({ subject }) => {
  describe.each(kindsOf(subject))('for %ss', (kind) => {
    it('gives those that are there as the PSA has them', async () => {
      const psa = await simulatedPsa(subject);
      const some = (await psa.expected(kind)).slice(3, 9);
      const answer = await psa.connection.byIds({ kind, ids: asked(some) });
      const found = new Map(answer.records.map((record) => [record.psaId, plainOurs(record)]));
      expect(some.map(({ id }) => found.get(id))).toEqual(some.map(plainTheirs));
      expect(found.size).toBe(some.length);
      expect(answer).toMatchObject({ rejects: [], missing: [], unknown: [] });
    });

    it('proves the others missing', async () => {
      const psa = await simulatedPsa(subject);
      const some = (await psa.expected(kind)).slice(3, 6);
      const [gone] = some;
      if (!gone || remove(psa, kind, gone) !== 1) throw new Error(`no ${kind} can be deleted`);
      const { records, missing, unknown } = await psa.connection.byIds({ kind, ids: asked(some) });
      expect(records.map(({ psaId }) => psaId).sort()).toEqual(
        some
          .slice(1)
          .map(({ id }) => id)
          .sort(),
      );
      expect({ missing, unknown }).toEqual({ missing: [gone.id], unknown: [] });
    });

    it('proves nothing while the PSA does not answer, or not for us', async () => {
      const psa = await simulatedPsa(subject);
      const ids = asked((await psa.expected(kind)).slice(3, 6));
      for (const fault of [{ status: 503 }, { kind: 'html' }, { kind: 'cut' }, { kind: 'unauthorized' }] as const) {
        psa.admin.addFaults([{ ...fault, path: '/' }]);
        await expect(psa.reconnect().byIds({ kind, ids })).rejects.toMatchObject({ name: 'PsaError' });
        psa.admin.clearFaults();
      }
    });

    it('answers what it can when it has to stop, says what it was not asked for, and so asks for hardly anything twice', async () => {
      const psa = await simulatedPsa(subject);
      const all = asked((await psa.expected(kind)).slice(0, 60));
      psa.newRequests();
      await psa.connection.byIds({ kind, ids: all });
      const least = psa.newRequests().length;
      const connection = psa.reconnect();
      psa.admin.addFaults([{ status: 429, path: '/', afterRequests: Math.floor(least * 0.9), count: 1 }]);
      const found: string[] = [];
      let failures = 0;
      for (let ids = all; ids.length > 0;) {
        try {
          const { records, missing, unknown, notAsked = [] } = await connection.byIds({ kind, ids });
          expect({ missing, unknown }).toEqual({ missing: [], unknown: [] });
          found.push(...records.map(({ psaId }) => psaId));
          ids = ids.filter(({ psaId }) => notAsked.includes(psaId));
        } catch (error) {
          expect(error).toMatchObject({ code: 'rate_limited' });
          failures += 1;
          if (failures > 5) throw error;
        }
      }
      expect(found.sort()).toEqual(all.map(({ psaId }) => psaId).sort());
      // Those that are under way with the one that fails, and what may stand in front of each question.
      expect(psa.newRequests().length).toBeLessThanOrEqual(least + 16);
    });

    const { badRow } = subject.kinds[kind] ?? {};
    if (badRow)
      it('takes a record that can not be read for there, not for missing', async () => {
        const psa = await simulatedPsa(subject);
        const some = (await psa.expected(kind)).slice(3, 6);
        const bad = some[1]!.id;
        psa.admin.putRows(psa.kind(kind).collection, [{ id: Number(bad), ...badRow }]);
        const { records, rejects, missing } = await psa.connection.byIds({ kind, ids: asked(some) });
        expect(records).toHaveLength(2);
        expect(rejects.map(({ psaId }) => psaId)).toEqual([bad]);
        expect(missing).toEqual([]);
      });
  });
});
