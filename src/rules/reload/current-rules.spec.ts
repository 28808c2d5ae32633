import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { testGate } from '../../app/test-gate.js';
import { ServiceEnvironment } from '../../config/read-settings.js';
import { Settings } from '../../config/settings.js';
import { Metrics } from '../../metrics/metrics.js';
import { CurrentRules } from './current-rules.js';
import { InProcessLoader } from './rules-loader.js';

const rules = `
version: 1
channels: { hook: { webhook: '\${HOOK_OF_THIS_TEST}' } }
rules: [{ id: failures, match: { types: [f] } }]
`;

describe('CurrentRules', () => {
  it('takes variables from the environment that the service was given', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'alert-router-current-'));
    try {
      const file = join(folder, 'rules.yaml');
      await writeFile(file, rules);
      const url = 'https://hooks.slack.com/services/T/B/x';
      const loader = new InProcessLoader(testGate);
      const current = new CurrentRules(
        Object.assign(new Settings(), { RULES_FILE: file }),
        new ServiceEnvironment({ HOOK_OF_THIS_TEST: url }),
        new FakeClock(),
        new Metrics(),
        loader,
      );
      const loaded = await current.loadFirst(loader);
      if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
      expect(loaded.rules.channels.get('hook')?.target).toEqual({ kind: 'webhook', url });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
