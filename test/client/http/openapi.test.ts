import { validate } from '@readme/openapi-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../support/database.ts';
import type { Document } from './answer-problems.ts';
import { ownApi } from './own-api.ts';

let document: Document;

beforeAll(async () => {
  const { database } = await testDatabase();
  const { url } = await ownApi({ database });
  const response = await fetch(`${url}/openapi.json`);
  document = (await response.json()) as Document;
});

describe('/openapi.json', () => {
  it('is valid OpenAPI, and asks for no key', async () => {
    expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'psa-sync' } });
    // Validated as a copy: the parser puts what is referred to in its place.
    const result = await validate(structuredClone(document) as never);
    expect(result).toMatchObject({ valid: true });
  });

  it('says of every operation what it does, and how it answers', () => {
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, ...operation })),
    );
    expect(operations.length).toBeGreaterThan(20);
    expect(operations.filter((one) => !('summary' in one)).map(({ name }) => name)).toEqual([]);
    const silent = operations.filter(
      ({ responses }) => !Object.keys(responses).some((status) => /^2\d\d$/.test(status)),
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
  });
});
