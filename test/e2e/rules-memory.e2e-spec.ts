import { fileURLToPath } from 'node:url';
import { SpawnedProgram } from '../support/spawned-program.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A program of its own, since V8 does not count what stands in a context such as jest's. */
const count = (file: string): string => `
  import 'reflect-metadata';
  import { queryObjects } from 'node:v8';
  import { loadRules } from './dist/rules/load-rules.js';
  import { YamlSource } from './dist/rules/yaml/yaml-source.js';

  async function load() {
    const loaded = await loadRules('${file}', { variables: { EVERY_FORM_WEBHOOK: 'https://hooks.slack.com/' } });
    const held = queryObjects(YamlSource);
    return { rules: loaded.rules, held };
  }

  const { rules, held } = await load();
  await new Promise(setImmediate);
  console.log(held > 0, queryObjects(YamlSource), rules.rules.length > 0);
`;

describe('a rule set in force', () => {
  it.each(['test/fixtures/rules/every-form.yaml', 'examples/15-tuned-pack.yaml'])(
    'keeps nothing of the YAML that it was compiled from: %s',
    async (file) => {
      const program = SpawnedProgram.start(root, process.execPath, [
        '--no-warnings',
        '--input-type=module',
        '-e',
        count(file),
      ]);
      expect(await program.exit()).toEqual({ code: 0, signal: null });
      expect(program.output).toBe('true 0 true\n');
    },
  );
});
