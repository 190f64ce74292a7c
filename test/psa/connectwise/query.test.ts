import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { among, idChunks, listQuery } from '../../../psa/connectwise/query.ts';

const decode = (query: string) => Object.fromEntries(new URLSearchParams(query));
const ids = (count: number) => Array.from({ length: count }, (_, index) => String(1_000_000 + index));

describe('the query of a list', () => {
  it('names fields, conditions, page size and where to go on', () => {
    const query = listQuery({
      fields: ['id', 'status/id'],
      conditions: ['deletedFlag = false', 'id > 3'],
      after: '42',
    });
    expect(decode(query)).toEqual({
      fields: 'id,status/id',
      conditions: 'deletedFlag = false and id > 3',
      pageSize: '1000',
      pageId: '42',
    });
  });

  it('leaves out what it does not need', () => {
    expect(decode(listQuery({ fields: ['id'], pageSize: 1 }))).toEqual({ fields: 'id', pageSize: '1' });
  });

  it('leaves out conditions that would make the address too long, and keeps those that fit', () => {
    const long = among('type/id', ids(400));
    const query = listQuery({ fields: ['id'], conditions: ['deletedFlag = false', long, 'status/id in (1)'] });
    expect(decode(query)['conditions']).toBe('deletedFlag = false and status/id in (1)');
    expect(query.length).toBeLessThan(1_900);
  });
});

describe('asking for ids', () => {
  it('lets nothing but whole numbers into a condition', () => {
    expect(among('id', ['1', '22'])).toBe('id in (1,22)');
    expect(() => among('id', ['1', '2) or (1=1'])).toThrow('no ConnectWise id');
  });

  it('splits ids into parts that keep order, lose none and fit into an address', () => {
    const many = fc.array(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }).map(String), { maxLength: 600 });
    fc.assert(
      fc.property(many, (wanted) => {
        const fields = ['id', 'name', 'status/id'];
        const chunks = idChunks(wanted, fields);
        expect(chunks.flat()).toEqual(wanted);
        for (const chunk of chunks) {
          const query = listQuery({ fields, conditions: [among('id', chunk)] });
          expect(decode(query)['conditions']).toBe(among('id', chunk));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('needs few parts', () => {
    expect(idChunks(ids(150), ['id'])).toHaveLength(1);
  });
});
