import type { PageRequest, PsaConnection, PsaPage } from '../../../psa/contract.ts';

/** Every page of a kind, first to last. */
export async function allPages(connection: PsaConnection, request: PageRequest): Promise<PsaPage[]> {
  const pages: PsaPage[] = [];
  for (let cursor = request.cursor; ;) {
    const page = await connection.page({ ...request, cursor });
    pages.push(page);
    if (page.next === null) return pages;
    cursor = page.next;
  }
}
