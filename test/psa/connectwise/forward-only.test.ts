import { describe, expect, it } from 'vitest';
import { nextPage } from '../../../psa/connectwise/forward-only.ts';

const rows = [{ id: 4 }, { id: 7 }];
const link = (query: string, rel = 'next') => `<https://other.example/v1/company/contacts?${query}>; rel="${rel}"`;

describe('where the next page begins', () => {
  it.each([
    ['as the link says', link('pageSize=2&pageId=9'), '9'],
    ['as the link says in any case of letters', link('PageId=9&pageSize=2'), '9'],
    ['as the link says among others', `${link('pageId=1', 'first')}, ${link('pageId=9')}`, '9'],
    ['nowhere when the link is empty, though the page is full', '', null],
    ['nowhere when there are links to other pages only', link('pageId=1', 'first'), null],
    ['after the last row when the link names no id', link('page=2'), '7'],
    ['after the last row when a gateway removed the link of a full page', undefined, '7'],
  ])('%s', (_what, header, expected) => {
    expect(nextPage(header, rows, 2)).toBe(expected);
  });

  it('nowhere after a short page without a link, or after an empty one', () => {
    expect(nextPage(undefined, rows, 3)).toBeNull();
    expect(nextPage(link('pageId=9'), [], 2)).toBeNull();
  });

  it('after the last readable id when rows are damaged', () => {
    expect(nextPage(undefined, [{ id: 4 }, { id: 2 ** 60 }, null], 3)).toBe('4');
  });
});
