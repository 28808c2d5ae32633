import { loadRules } from '../load-rules.js';
import { loadedRules } from '../../../test/support/loaded-rules.js';

const yaml = (remind: string, channel = '{ console: true }'): string => `
version: 1
channels: { security: ${channel}, oncall: { console: true } }
defaults: { channels: [security] }
rules: [{ id: failures, match: {}, remind: ${remind} }]
`;

it.each([
  ['{ after: 15m }', { afterMs: 900_000, everyMs: 900_000, times: 3, channels: [] }],
  [
    '{ after: 15m, every: 30m, times: 5, channels: [oncall] }',
    { afterMs: 900_000, everyMs: 1_800_000, times: 5, channels: ['oncall'] },
  ],
])('remind: %s', async (remind, expected) => {
  expect((await loadedRules(yaml(remind))).rules[0]?.remind).toEqual(expected);
});

it.each([
  ['{ every: 5m }'],
  ['{ after: soon }'],
  ['{ after: 5m, times: 0 }'],
  ['{ after: 5m, channels: [onacll] }'],
])('refuses remind: %s', async (remind) => {
  const loaded = await loadRules('rules.yaml', { variables: {} }, yaml(remind));
  expect(loaded).toMatchObject({ ok: false, problems: [{ line: 5 }] });
});

it.each([
  ['[acknowledge, silence]', ['acknowledge', 'silence']],
  ['[]', []],
])('actions: %s of a channel', async (written, expected) => {
  const rules = await loadedRules(yaml('{ after: 5m }', `{ console: true, actions: ${written} }`));
  expect(rules.channels.get('security')?.actions).toEqual(expected);
  expect(rules.channels.get('oncall')?.actions).toBeUndefined();
});

it('refuses an action that there is not', async () => {
  const text = yaml('{ after: 5m }', '{ console: true, actions: [close] }');
  const loaded = await loadRules('rules.yaml', { variables: {} }, text);
  expect(loaded.ok).toBe(false);
});
