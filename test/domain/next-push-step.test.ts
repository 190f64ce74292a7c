import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextPushStep, type PushStanding } from '../../domain/next-push-step.ts';
import { PUSH_REASONS, PUSH_STATES } from '../../domain/push-states.ts';

const PENDING: PushStanding = {
  state: 'pending',
  reasonCode: null,
  twoWay: true,
  paused: false,
  link: 'live',
  edits: 1,
  intent: null,
  writingMs: 0,
};
const step = (standing: Partial<PushStanding>) => nextPushStep({ ...PENDING, ...standing });

const standing = fc.record({
  state: fc.constantFrom(...PUSH_STATES),
  reasonCode: fc.option(fc.constantFrom(...PUSH_REASONS)),
  twoWay: fc.boolean(),
  paused: fc.boolean(),
  link: fc.option(fc.constantFrom('live', 'error', 'disabled', 'orphaned', 'disconnected')),
  edits: fc.nat(3),
  intent: fc.option(fc.constantFrom('open', 'sent', 'unsure')),
  writingMs: fc.constantFrom(0, 500),
});

describe('the next step of a push', () => {
  it.each([
    ['changes a record that is in step', {}, { do: 'update' }],
    ['changes one in error, too', { link: 'error' }, { do: 'update' }],
    ['is over where nothing is on its way', { edits: 0 }, { do: 'end' }],
    ['makes a record that the PSA does not have', { link: null, edits: 0 }, { do: 'create' }],
    ['looks for what was sent before it makes anything', { link: null, intent: 'sent' }, { do: 'search' }],
    ['waits while an earlier attempt may be writing', { writingMs: 500 }, { do: 'wait', ms: 500 }],
    ['is held while the integration is paused', { paused: true }, { do: 'hold' }],
    ['fails with two-way sync off', { twoWay: false }, { do: 'fail', reason: 'two_way_off' }],
    ['fails out of step', { link: 'disabled' }, { do: 'fail', reason: 'link_out_of_step' }],
    ['stays stopped until somebody asks again', { state: 'failed', reasonCode: 'refused' }, { do: 'stay' }],
    ['unsure, may look again at any time', { state: 'attention', reasonCode: 'unsure', link: null }, { do: 'search' }],
  ] as const)('%s', (_, given, expected) => {
    expect(step(given)).toEqual(expected);
  });

  it('never makes a record while it is not known whether an earlier request did', () => {
    fc.assert(
      fc.property(standing, (given) => {
        fc.pre(given.intent === 'sent' || given.intent === 'unsure');
        expect(nextPushStep(given).do).not.toBe('create');
      }),
    );
  });

  it('never asks the PSA while somebody may be writing, the integration is paused or two-way sync is off', () => {
    fc.assert(
      fc.property(standing, (given) => {
        fc.pre(given.writingMs > 0 || given.paused || !given.twoWay);
        expect(['update', 'create', 'search']).not.toContain(nextPushStep(given).do);
      }),
    );
  });

  it('never gives up an edit in silence', () => {
    fc.assert(
      fc.property(standing, (given) => {
        fc.pre(given.edits > 0);
        expect(nextPushStep(given).do).not.toBe('end');
      }),
    );
  });
});
