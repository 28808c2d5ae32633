import { loadedRules } from '../../../test/support/loaded-rules.js';
import { compareRules } from './rules-change.js';

const first = '  - { id: first, match: { types: [f] } }';
const second = '  - { id: second, match: { types: [w] } }';

function rulesOf(...rules: string[]): string {
  return ['version: 1', 'channels: { local: { console: true } }', 'rules:', ...rules].join('\n');
}

async function changeOf(before: string, after: string) {
  return compareRules(await loadedRules(before), await loadedRules(after));
}

describe('compareRules', () => {
  const none = { added: [], removed: [], changed: [] };

  it.each([
    ['nothing', rulesOf(first, second), none],
    ['a comment', rulesOf(first, '  # why', second), none],
    ['the order', rulesOf(second, first), none],
    ['a new rule', rulesOf(first, second, '  - { id: third, match: {} }'), { ...none, added: ['third'] }],
    ['a rule that is gone', rulesOf(second), { ...none, removed: ['first'] }],
    [
      'a rule that is switched off',
      rulesOf(first.replace('{ id', '{ enabled: false, id'), second),
      { ...none, removed: ['first'] },
    ],
    [
      'a rule that matches otherwise',
      rulesOf(first.replace('[f]', '[fp]'), second),
      { ...none, changed: ['first'] },
    ],
    [
      'a rule that reads otherwise',
      rulesOf(first.replace('{ id', '{ name: First, id'), second),
      { ...none, changed: ['first'] },
    ],
    [
      'a rule of another id',
      rulesOf(first, second.replace('second', 'other')),
      { added: ['other'], removed: ['second'], changed: [] },
    ],
  ])('finds %s', async (_case, after, expected) => {
    expect(await changeOf(rulesOf(first, second), after)).toEqual(expected);
  });

  it('counts a changed default as a change of every rule', async () => {
    const rules = rulesOf(first, second);
    const { changed } = await changeOf(rules, rules.replace('rules:', 'defaults: { severity: low }\nrules:'));
    expect(changed).toEqual(['first', 'second']);
  });
});
