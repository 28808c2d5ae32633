import { loadedRules } from '../../../test/support/loaded-rules.js';
import { plainText } from '../../domain/alert.js';

describe('the defaults', () => {
  it('takes Liquid in the channels of the defaults, so that one line routes by severity', async () => {
    const loaded = await loadedRules(`version: 1
channels: { sev-high: { console: true }, sev-low: { console: true } }
defaults: { channels: ['sev-{{ rule.severity }}'] }
rules: [{ id: a, severity: high, match: {} }, { id: b, severity: low, match: {}, channels: [sev-high] }]`);
    const [channel] = loaded.rules[0]!.channels;
    expect(typeof channel === 'object' && plainText(channel.render({ rule: { severity: 'high' } }))).toBe(
      'sev-high',
    );
    expect(loaded.rules[1]!.channels).toEqual(['sev-high']);
    expect([loaded.defaultChannels, loaded.lastResort]).toEqual([[channel], 'sev-high']);
  });
});
