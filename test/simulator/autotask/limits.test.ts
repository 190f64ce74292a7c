import { describe, expect, it } from 'vitest';
import { EVERYTHING, startForTest } from './api-client.ts';

describe('limits', () => {
  it('let three calls of one integration into one entity at once, and refuse the fourth with 429', async () => {
    const client = await startForTest({ latencyMs: 200 });
    const read = (entity: string) => client.query(entity, EVERYTHING);
    const many = await Promise.all([1, 2, 3, 4].map(() => read('Contacts')));
    expect(many.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 429]);
    const refused = many.find(({ status }) => status === 429);
    expect(refused?.errors[0]).toContain('thread threshold of 3');
    expect(refused?.headers.get('retry-after')).toBeNull();
    const apart = await Promise.all(['Contacts', 'Contacts', 'Companies', 'Companies', 'Products'].map(read));
    expect(apart.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  });

  it('refuse everything once the hour’s requests are used up, and tell how many there were', async () => {
    const client = await startForTest({ settings: { requestsPerHour: 3, retryAfterSeconds: 60 } });
    await client.query('Companies');
    const threshold = await client.get('/ThresholdInformation');
    expect(threshold.body).toEqual({
      externalRequestThreshold: 3,
      requestThresholdTimeframe: 60,
      currentTimeframeRequestCount: 2,
    });
    await client.query('Companies');
    for (const refused of [
      await client.query('Companies'),
      await client.get('/ThresholdInformation'),
      await client.send('POST', '/Companies/0/Contacts', { firstName: 'A', lastName: 'B', isActive: 1 }),
    ])
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
  });
});
