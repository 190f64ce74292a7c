import { describe, expect, it } from 'vitest';
import { allPages } from '../support/all-pages.ts';
import { plainOurs, plainTheirs, type Plain } from './plain.ts';
import { parentOf, recordsOf, simulatedPsa } from './simulated-psa.ts';
import { CASES, kindsOf } from './subjects.ts';

const SHARE = 0.3;

/** A record without its names: a PSA may leave them empty, so a row that was robbed of one still reads. */
const nameless = ({ fields: { name: _, firstName: __, ...fields }, ...rest }: Plain) => ({ ...rest, fields });

describe.each(CASES)('a share of the rows of $name spoilt', ({ subject }) => {
  it.each(kindsOf(subject))('costs none of the other %ss, over all pages', async (kind) => {
    const size = subject.kinds[kind]?.size ?? subject.size ?? 4_000;
    const psa = await simulatedPsa(subject, { size });
    const wanted = await psa.expected(kind);
    const theirs = new Map(wanted.map((record) => [record.id, nameless(plainTheirs(record))]));
    const request = await psa.request(kind, { lastTry: true });
    psa.admin.addFaults([{ kind: 'corrupt', path: psa.kind(kind).path, share: SHARE }]);
    const pages = await allPages(psa.connection, request);

    const records = recordsOf(pages);
    expect(records.map((record) => nameless(plainOurs(record)))).toEqual(records.map(({ psaId }) => theirs.get(psaId)));
    // A row whose id can not be read stands at the beginning of the next page as well, if it was the last of one.
    const rejects = new Set(pages.flatMap((page) => page.rejects).map(({ raw }) => raw));
    const failed = new Set(pages.flatMap(({ failedParents }) => failedParents).map(({ psaId }) => psaId));
    const under = wanted.filter((record) => failed.has(parentOf(record)));
    expect(rejects.size + failed.size, 'nothing was spoilt').toBeGreaterThan(0);
    expect(new Set(records.map(({ psaId }) => psaId)).size).toBe(records.length);
    expect(records.length + rejects.size + under.length).toBe(wanted.length);
  });
});
