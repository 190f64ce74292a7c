import { describe, expect, it } from 'vitest';
import { nothingTicked, organizationGate, passGate, type GateLists } from '../../domain/gate.ts';
import { psaRecord, runSettings } from './samples.ts';

const lists: GateLists = { types: 'organization_type', statuses: 'organization_status' };
const settings = runSettings({ ticked: { organization_type: ['2', '3'], organization_status: ['10'] } });
const row = (psaId: string | null) => ({ psaId, name: `row ${String(psaId)}` });

describe('rule 1: organizations and configurations', () => {
  it('come in when a type and the status are both ticked', () => {
    const record = psaRecord({ types: [row('2')], status: row('10'), fields: { name: 'Acme' } });
    expect(passGate(record, settings, lists)).toEqual({ inside: true, fields: { name: 'Acme', type: row('2') } });
  });

  it('get the first ticked of several types, in the order of the PSA', () => {
    const record = psaRecord({ types: [row('1'), row('3'), row('2')], status: row('10'), fields: { type: row('1') } });
    expect(passGate(record, settings, lists)).toEqual({ inside: true, fields: { type: row('3') } });
  });

  it.each([
    ['no type is ticked', { types: [row('1')], status: row('10') }, 'no_type_ticked'],
    ['they have no type', { types: [], status: row('10') }, 'no_type_ticked'],
    ['their type is only a text', { types: [row(null)], status: row('10') }, 'no_type_ticked'],
    ['their status is not ticked', { types: [row('2')], status: row('11') }, 'status_not_ticked'],
    ['they have no status', { types: [row('2')], status: null }, 'status_not_ticked'],
    ['the id is ticked in the other list', { types: [row('10')], status: row('10') }, 'no_type_ticked'],
    ['the PSA has deleted them', { types: [row('2')], status: row('10'), gone: true }, 'gone'],
  ] as const)('stay outside when %s', (_, over, reason) => {
    expect(passGate(psaRecord(over), settings, lists)).toEqual({ inside: false, reason });
  });

  it('stay outside when nothing was ever ticked', () => {
    const record = psaRecord({ types: [row('2')], status: row('10') });
    expect(passGate(record, runSettings(), lists)).toEqual({ inside: false, reason: 'no_type_ticked' });
  });
});

describe('rule 1: contacts and locations', () => {
  it('pass with their values as they are, whatever their type', () => {
    const record = psaRecord({ kind: 'contact', fields: { type: row('77') } });
    expect(passGate(record, runSettings({ contactsSync: false }), undefined)).toEqual({
      inside: true,
      fields: record.fields,
    });
  });

  it('stay outside when the PSA has deleted them', () => {
    const record = psaRecord({ kind: 'contact', gone: true });
    expect(passGate(record, settings, undefined)).toEqual({ inside: false, reason: 'gone' });
  });
});

describe('rule 1: what belongs to an organization', () => {
  const live = new Map([['5', '900']]);

  it('syncs when the organization does', () => {
    expect(organizationGate('5', live)).toEqual({ inside: true, organizationId: '900' });
  });

  it('stays outside when the organization does', () => {
    expect(organizationGate('6', live)).toEqual({ inside: false, reason: 'organization_outside' });
  });

  it('stays outside when it belongs to nobody', () => {
    expect(organizationGate(null, live)).toEqual({ inside: false, reason: 'no_organization' });
    expect(organizationGate(undefined, live)).toEqual({ inside: false, reason: 'no_organization' });
  });
});

it.each([
  [{}, true],
  [{ organization_type: ['1'] }, true],
  [{ organization_type: ['1'], organization_status: [] }, true],
  [{ organization_type: ['1'], organization_status: ['2'] }, false],
] as const)('rule 1: with %j ticked, a run says that nothing can come in: %s', (ticked, expected) => {
  expect(nothingTicked(runSettings({ ticked }), lists)).toBe(expected);
});
