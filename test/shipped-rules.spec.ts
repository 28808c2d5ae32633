import { readdirSync, readFileSync } from 'node:fs';
import { loadRules } from '../src/rules/load-rules.js';
import { problemLines } from '../src/rules/problem.js';

/** Files that go with the package or serve other tests as rules without fault. */
const files = [
  'rules.yaml',
  'test/fixtures/rules/every-form.yaml',
  ...readdirSync('examples')
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => `examples/${name}`),
];

const surroundings = {
  variables: { EVERY_FORM_WEBHOOK: 'https://hooks.slack.com/services/T0/B0/x' },
};

async function problems(file: string, text?: string): Promise<string[]> {
  const loaded = await loadRules(file, surroundings, text, 'warning', 'all');
  return problemLines([...(loaded.ok ? [] : loaded.problems), ...loaded.warnings]);
}

describe('with validate --strict there is nothing to say', () => {
  it.each(files)('of %s', async (file) => {
    expect(await problems(file)).toEqual([]);
  });

  it('of the detection pack', async () => {
    const text =
      'version: 1\ninclude: [rules/auth0-detections.yaml]\nchannels: { security: { console: true } }';
    expect(await problems('rules.yaml', text)).toEqual([]);
  });

  it('of the detection pack as it is tuned for its tests', async () => {
    // Its includes are relative to the project.
    const text = readFileSync('test/fixtures/detections-tuned.yaml', 'utf8');
    expect(await problems('rules.yaml', text)).toEqual([]);
  });
});
