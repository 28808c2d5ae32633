import { fromChecked, toChecked } from './checked-source.js';
import { loadRules, loadSources, type LoadResult } from '../load-rules.js';
import { readSources } from './read-sources.js';

const webhook = 'https://hooks.slack.com/services/T/B/X';
const surroundings = { variables: { SLACK_WEBHOOK_URL: webhook, EVERY_FORM_WEBHOOK: webhook } };

function summary(loaded: LoadResult) {
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const { hash, rules, channels, opsChannel, heartbeatMs } = loaded.rules;
  return { hash, rules: rules.map(({ id }) => id), channels, opsChannel, heartbeatMs };
}

describe('checked sources', () => {
  it.each(['rules.yaml', 'test/fixtures/rules/every-form.yaml', 'examples/15-tuned-pack.yaml'])(
    'make the same rules as the file they come from, also in another thread: %s',
    async (file) => {
      const read = await readSources(file);
      const checked = structuredClone(toChecked(read));
      const loaded = await loadSources(fromChecked(checked, read.files), surroundings);
      expect(summary(loaded)).toEqual(summary(await loadRules(file, surroundings)));
      expect(loaded.files).toEqual((await loadRules(file, surroundings)).files);
    },
  );

  it('know which of their places hold something', async () => {
    const text = 'version: 1\nchannels: { a: { console: true } }\noverrides: { r: { stop: null } }';
    const [source] = fromChecked(toChecked(await readSources('r.yaml', text)), new Set()).sources;
    const has = (...at: string[]): boolean | undefined => source?.places.has(at);
    expect([has('overrides', 'r', 'stop'), has('overrides', 'r'), has()]).toEqual([true, true, true]);
    expect([has('overrides', 'r', 'stop', 'x'), has('rules'), has('toString')]).toEqual([
      false,
      false,
      false,
    ]);
  });
});
