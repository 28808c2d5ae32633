import type { Window } from '../../domain/windows/window.js';
import { compileWindow, type CompiledWindow } from './compile-window.js';
import { WindowSection } from '../schema/window-section.js';
import type { Fault } from '../problem.js';
import { validateSection } from '../yaml/validate-section.js';

const minute = 60_000;

interface Compiled {
  readonly compiled: CompiledWindow | undefined;
  readonly faults: readonly Fault[];
}

function compile(raw: Record<string, unknown>, throttleMs?: number): Compiled {
  const faults: Fault[] = [];
  const report = (fault: Fault) => void faults.push(fault);
  const section = validateSection(WindowSection, raw, ['window'], report);
  return { compiled: compileWindow(section, raw, throttleMs, report), faults };
}

const path = (name: string) => ({ kind: 'path', steps: name.split('.') });
const sliding = { by: [], withinMs: 10 * minute, cooldownMs: 10 * minute };

describe('a window', () => {
  it.each<[string, Record<string, unknown>, Window]>([
    ['count', { within: '10m', count: 20 }, { kind: 'count', ...sliding, count: 20 }],
    [
      'distinct',
      { within: '10m', distinct: { field: 'a.b', count: 3 } },
      { kind: 'distinct', ...sliding, field: ['a', 'b'], count: 3 },
    ],
    [
      'sequence',
      { within: '10m', sequence: [{ types: ['fp'], count: 10 }, { types: 's' }] },
      { kind: 'sequence', ...sliding, steps: [10, 1], ordered: true },
    ],
    [
      'a sequence in any order',
      { within: '10m', sequence: [{}, {}], ordered: false },
      { kind: 'sequence', ...sliding, steps: [1, 1], ordered: false },
    ],
    ['missing', { within: '10m', missing: { types: ['sv'] } }, { kind: 'missing', ...sliding }],
    [
      'new',
      { new: { field: 'user_agent', learn: '7d' } },
      { kind: 'new', by: [], cooldownMs: 0, field: ['user_agent'], learnMs: 7 * 24 * 60 * minute },
    ],
    [
      'new without learning, its alerts apart',
      { within: '10m', new: { field: 'ip' } },
      { kind: 'new', by: [], cooldownMs: 10 * minute, field: ['ip'], learnMs: 0 },
    ],
    [
      'keys with nothing behind them, which count as left out',
      { within: '10m', by: null, count: 2, sequence: null, ordered: null },
      { kind: 'count', ...sliding, count: 2 },
    ],
  ])('%s', (_, raw, window) => {
    expect(compile(raw)).toMatchObject({ compiled: { window }, faults: [] });
  });

  it('is keyed by paths and Liquid texts', () => {
    const { compiled, faults } = compile({ within: '1h', by: ['a.b', '{{ event.c }}'], count: 1 });
    expect(faults).toEqual([]);
    expect(compiled?.window.by).toEqual([
      path('a.b'),
      { kind: 'template', template: expect.objectContaining({ source: '{{ event.c }}' }) },
    ]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['count', { within: '10m', count: 2 }],
    ['missing', { within: '10m', missing: {} }],
    ['new', { new: { field: 'ip' } }],
  ])('%s rests as long as the throttle of its rule says', (_, raw) => {
    expect(compile(raw, 5 * minute).compiled?.window.cooldownMs).toBe(5 * minute);
  });

  it('names the matches below it, with their places', () => {
    const sequence = [{ types: ['fp'], count: 10 }, { fields: { ip: '10.0.0.1' } }];
    expect(compile({ within: '10m', sequence }).compiled?.steps).toMatchObject([
      { step: 0, at: ['window', 'sequence', 0], section: { types: ['fp'] } },
      { step: 1, at: ['window', 'sequence', 1], section: { fields: { ip: '10.0.0.1' } } },
    ]);
    expect(compile({ within: '10m', missing: { types: ['sv'] } }).compiled?.steps).toMatchObject([
      { step: 1, at: ['window', 'missing'], section: { types: ['sv'] } },
    ]);
    expect(compile({ within: '10m', count: 1 }).compiled?.steps).toEqual([]);
  });
});

describe('a faulty window', () => {
  it.each<[string, Record<string, unknown>, readonly string[]]>([
    ['no kind', { within: '10m' }, ['missing-key window']],
    ['nothing at all', {}, ['missing-key window']],
    ['two kinds', { within: '10m', count: 1, new: { field: 'ip' } }, ['invalid-value window.new']],
    ['a misspelt kind', { within: '10m', distint: {} }, ['unknown-key window.distint']],
    ['a faulty kind', { within: '10m', count: 'many' }, ['invalid-value window.count']],
    ['no within', { count: 3 }, ['missing-key window']],
    ['a faulty within', { within: '10 minutes', count: 3 }, ['invalid-value window.within']],
    ['an ordered count', { within: '1m', count: 3, ordered: true }, ['invalid-value window.ordered']],
    ['count 0', { within: '1m', count: 0 }, ['invalid-value window.count']],
    ['a broken count', { within: '1m', count: 1.5 }, ['invalid-value window.count']],
    ['a count out of reach', { within: '1m', count: 10_001 }, ['invalid-value window.count']],
    ['an empty by', { within: '1m', count: 1, by: [] }, ['invalid-value window.by']],
    ['a bad Liquid key', { within: '1m', count: 1, by: ['{% if %}'] }, ['invalid-template window.by.0']],
    ['distinct without a field', { within: '1m', distinct: { count: 2 } }, ['missing-key window.distinct']],
    ['distinct without a count', { within: '1m', distinct: { field: 'a' } }, ['missing-key window.distinct']],
    ['an empty sequence', { within: '1m', sequence: [] }, ['invalid-value window.sequence']],
    ['a faulty step', { within: '1m', sequence: [{}, 'fp'] }, ['invalid-value window.sequence.1']],
    ['a step of none', { within: '1m', sequence: [{ count: 0 }] }, ['invalid-value window.sequence.0.count']],
    [
      'too many steps',
      { within: '1m', sequence: Array.from({ length: 11 }, () => ({})) },
      ['invalid-value window.sequence'],
    ],
    [
      'too many events',
      { within: '1m', sequence: [{ count: 9_999 }, { count: 2 }] },
      ['invalid-value window.sequence'],
    ],
    [
      'an unknown key in missing',
      { within: '1m', missing: { typs: 'x' } },
      ['unknown-key window.missing.typs'],
    ],
    ['a faulty learn', { new: { field: 'a', learn: 7 } }, ['invalid-value window.new.learn']],
  ])('%s', (_, raw, expected) => {
    expect(compile(raw).faults.map(({ code, at }) => `${code} ${at.join('.')}`)).toEqual(expected);
  });
});
