import { readdirSync, readFileSync } from 'node:fs';
import { loadFolder } from '../../../test/support/rules-folder.js';
import { loadRules } from '../load-rules.js';

const examples = readdirSync('examples').filter((name) => name.endsWith('.yaml'));

describe('what is shipped', () => {
  it.each(['rules.yaml', ...examples.map((name) => `examples/${name}`)])(
    '%s gives no false alarm',
    async (file) => {
      expect(await loadRules(file, {})).toMatchObject({ ok: true, warnings: [] });
    },
  );

  it('has a pack without a warning, whose rules say which of them wait for a list', async () => {
    const loaded = await loadFolder({
      'rules.yaml':
        'version: 1\ninclude: [pack.yaml]\nchannels: { security: { console: true } }\ndefaults: { channels: [security] }\n' +
        'lists: { dashboard_clients: [abc] }\n',
      'pack.yaml': readFileSync('rules/auth0-detections.yaml', 'utf8'),
    });
    expect(loaded).toMatchObject({ ok: true, warnings: [] });
    expect(loaded.notes).not.toEqual([]);
    expect(new Set(loaded.notes.map(({ code }) => code))).toEqual(new Set(['waiting-for-list']));
    const waiting = loaded.notes.map(({ message }) => message).join('\n');
    expect(waiting).toContain('waits for the list "trusted_ips"');
    expect(waiting).not.toContain('dashboard_clients');
  });
});
