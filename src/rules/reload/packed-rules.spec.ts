import { inflateRawSync } from 'node:zlib';
import { loadFolder } from '../../../test/support/rules-folder.js';
import { loadSources } from '../load-rules.js';
import { unpackRules } from './packed-rules.js';

const variables = { HOOK: 'https://hooks.slack.com/services/T/B/secret', ROOM: 'C0123456789' };
const files = {
  'rules.yaml': `version: 1
include: [parts/more.yaml]
channels:
  hook: { webhook: '\${HOOK}' }
  plain: { webhook: 'https://hooks.slack.com/services/T/B/plain-secret' }
  bot: { slack: '\${ROOM}', thread: true }
lists: { names: { file: names.txt }, own: [a] }
rules: [{ id: a, match: { fields: { user_name: { inList: names }, ip: { inList: shared } } }, channels: [bot] }]
`,
  'parts/more.yaml': `version: 1
lists: { shared: { file: ranges.txt }, own: [b] }
templates: { short: { title: short } }
rules: [{ id: b, match: { fields: { x: { inList: own } } }, template: short, channels: [hook] }]
`,
  'names.txt': 'alice\n',
  'parts/ranges.txt': '10.0.0.0/8\n',
};

describe('packed rules', () => {
  it('decide as those they were made of, with neither their files nor their secrets', async () => {
    const loaded = await loadFolder(files, variables);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    const packed = loaded.packed();
    const unpacked = await loadSources(unpackRules(packed), {});
    if (!unpacked.ok) throw new Error(JSON.stringify(unpacked.problems));
    expect(inflateRawSync(packed).toString('latin1')).not.toMatch(/secret|HOOK|names\.txt/);

    const { rules, lists, channels } = unpacked.rules;
    expect(rules.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(lists.get('own')?.entries).toEqual(['a']);
    expect(channels.get('bot')?.target).toEqual({ kind: 'bot', slackChannel: 'C0123456789', thread: true });
    const event = { type: 's', data: { type: 's', user_name: 'alice', ip: '10.1.2.3', x: 'a' } };
    for (const set of [loaded.rules, unpacked.rules])
      expect((await set.matcher.match([event])).map(({ rule }) => rule.id)).toEqual(['a', 'b']);
  });
});
