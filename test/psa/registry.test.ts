import { describe, expect, it } from 'vitest';
import { fieldNames, FIELDS, fieldSpec } from '../../domain/fields.ts';
import { adapterFor, adapters, providerRules } from '../../psa/registry.ts';

describe('the registry', () => {
  it('finds an adapter by its provider', () => {
    expect(adapterFor('connectwise').title).toBe('ConnectWise');
  });

  it('lists the known providers when asked for another', () => {
    expect(() => adapterFor('conectwise')).toThrow('no PSA is called "conectwise"; known are: connectwise');
  });

  it('has each provider once', () => {
    expect(new Set(adapters.map(({ provider }) => provider)).size).toBe(adapters.length);
  });
});

describe.each(adapters.map((adapter) => ({ adapter, provider: adapter.provider })))(
  'the adapter $provider',
  ({ adapter }) => {
    it('maps each of its kinds, to fields that the kind has, each once, in the order in which records hold them', () => {
      for (const kind of adapter.capabilities.kinds) {
        const mapped = (adapter.mapping[kind] ?? []).map(({ field }) => field);
        expect(mapped.length).toBeGreaterThan(0);
        expect(mapped).toEqual(Object.keys(FIELDS[kind]).filter((field) => mapped.includes(field)));
      }
    });

    it('says of every child kind whose it is, and of every gated kind its type and status', () => {
      for (const kind of adapter.capabilities.kinds) {
        const mapped = (adapter.mapping[kind] ?? []).map(({ field }) => field);
        if (fieldSpec(kind, 'organization')) expect(mapped).toContain('organization');
        if (adapter.capabilities.gate[kind]) expect(mapped).toEqual(expect.arrayContaining(['type', 'status']));
      }
    });

    it('tells edits which way each field goes, and none of a field that it does not map', () => {
      for (const kind of adapter.capabilities.kinds) {
        for (const field of fieldNames(kind)) {
          const row = adapter.mapping[kind]?.find((one) => one.field === field);
          const integration = { provider: adapter.provider, settings: {} };
          expect(providerRules.directionOf(integration, kind, field)).toBe(row?.direction ?? null);
        }
        expect(providerRules.gateOf(adapter.provider, kind)).toEqual(adapter.capabilities.gate[kind]);
      }
      expect(providerRules.isTwoWay(adapter.provider)).toBe(adapter.capabilities.twoWay);
    });

    it('is connected by no field that has the name of an option of every command', () => {
      const taken = ['key', 'json', 'yes', 'tenant', 'verbose', 'help'];
      expect(adapter.connection.map(({ name }) => name).filter((name) => taken.includes(name))).toEqual([]);
    });

    it('explains every field of its connection', () => {
      for (const { label, hint } of adapter.connection) {
        expect(label).not.toBe('');
        expect(hint).not.toBe('');
      }
    });
  },
);
