import { beforeAll, describe, expect, it } from 'vitest';
import { rateLimited } from '../../../client/http/rate-limit.ts';
import { testDatabase } from '../../support/database.ts';
import { testIntegration } from '../../support/tenant.ts';
import { ownApi, type OwnCaller } from './own-api.ts';

let api: Awaited<ReturnType<typeof ownApi>>;
let mine: OwnCaller;
let other: OwnCaller;

beforeAll(async () => {
  const { database } = await testDatabase();
  api = await ownApi({ database, parts: [rateLimited({ requests: 3, windowSeconds: 300 })] });
  const { tenantId } = await testIntegration(database);
  mine = await api.caller(tenantId);
  other = await api.caller(tenantId);
});

describe('a key that sends too many requests', () => {
  it('is told how many are left, then when to come again, in the form of IT Glue', async () => {
    const answers = [];
    for (let count = 0; count < 4; count += 1) answers.push(await mine.get('/attention'));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    const [first] = answers;
    const last = answers.at(-1);
    expect(first?.headers.get('x-ratelimit-limit')).toBe('3');
    expect(first?.headers.get('x-ratelimit-remaining')).toBe('2');
    expect(last?.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(290);
    expect(Number(last?.headers.get('retry-after'))).toBeLessThanOrEqual(300);
    expect(last?.body.errors).toEqual([
      { status: 429, title: 'Too Many Requests', detail: expect.stringContaining('has sent 3 requests') as string },
    ]);
  });

  it('does not use up those of another key, nor the document', async () => {
    expect((await other.get('/attention')).status).toBe(200);
    const documents = await Promise.all(Array.from({ length: 5 }, () => fetch(`${api.url}/openapi.json`)));
    expect(documents.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  });
});
