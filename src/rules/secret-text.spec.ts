import { loadRules } from './load-rules.js';
import { ShownLines, withoutSecrets } from './secret-text.js';

const token = 'xoxb-1111-2222-abcdefghijklmnop';
const hook = 'https://hooks.example.com/h/9f8e7d6c5b4a';
const bare = '9f8e7d6c5b4a3s2d1';

/** Everything that could be shown of what is wrong with a text. */
async function reportedOf(yaml: string): Promise<string> {
  const loaded = await loadRules('rules.yaml', { variables: { TOKEN: token, BARE: bare } }, yaml);
  const lines = new ShownLines(yaml);
  const problems = [...(loaded.ok ? [] : loaded.problems), ...loaded.warnings];
  const excerpts = problems
    .filter(({ line }) => lines.has(line))
    .map(({ line }) => yaml.split('\n')[line - 1] ?? '');
  return JSON.stringify([problems, excerpts]);
}

describe('the problems of a rules file', () => {
  it.each([
    `channels: { iam: { slack: { token: ${token} } } }`,
    `channels: ${hook}`,
    `channels: [${hook}, ${bare}]`,
    `channels: { security: ${bare} }`,
    `channels: { iam: { slack: ${token} } }`,
    `channels: { iam: { slack: ${hook} } }`,
    "channels: { iam: { slack: '${TOKEN}' } }",
    `channels: { iam: { webhook: ${bare} } }`,
    "channels: { iam: { webhook: '${BARE}' } }",
    `channels: { iam: { webhook: ftp://${bare}/x } }`,
    `channels: { iam: { console: ${bare} } }`,
    `channels: { iam: { slack: C0123456789, thread: ${bare} } }`,
    `channels: { iam: { ${bare}: 1 } }`,
    `channels: { ${hook}: { console: true } }`,
    `channels: { 'A ${bare}': {} }`,
    `channels: { a: { console: true }, ${hook}: 1 }\ndefaults: { channels: [b] }`,
    `channels: { a: &${bare} { console: true }, b: *x }`,
    `channels: { a: *${bare} }`,
    `channels:\n  a: { webhook: !${bare} x }`,
    `channels:\n  a: { webhook: @${bare} }`,
    `channels:\n  a: { webhook: "${bare} }`,
    `channels:\n  a: { webhook: ${bare}\n`,
    `channels:\n  a: ${bare}: ${bare}`,
    `channels:\n\t${bare}: x`,
    `channels:\n  ${bare}: 1\n  ${bare}: 2`,
    `channels:\n  a: { webhook: '${bare}' x }`,
    `chanels:\n  a: { webhook: "${bare} }`,
    `tenants:\n  acme: { token: "${bare} }`,
    `x-hooks:\n  - "${bare}`,
    `ops: ${hook}`,
    `ops: { channel: '${hook}' }`,
    `ops: { channel: ${token} }`,
    `defaults: { channels: ['${hook}'] }`,
    `channels: { a: { console: true } }\nrules: [{ id: r, match: {}, channels: ['${hook}'] }]`,
    `channels: { a: { console: true } }\nrules: [{ id: r, match: {}, webhook: ${hook} }]`,
    `rules: []\n  channels: { a: { webhook: ${bare} } }`,
    `{ channels: { a: { webhook: "${bare} } } }`,
  ])('never show what stands below channels, or looks like a secret: %s', async (lines) => {
    const yaml = lines.startsWith('{') ? lines : `version: 1\n${lines}\n`;
    const reported = await reportedOf(yaml);
    expect(reported).toContain('"code"');
    expect(reported).not.toContain(bare);
    expect(reported).not.toContain('abcdefghijklmnop');
    expect(reported).not.toContain('9f8e7d6c5b4a');
  });

  it.each([token, 'xapp-1-A1-2-abc', 'xoxe.xoxp-1-abc', hook, `${hook}\n`])(
    'say that %j is no channel of Slack',
    async (slack) => {
      const reported = await reportedOf(`version: 1\nchannels: { a: { slack: ${JSON.stringify(slack)} } }`);
      expect(reported).toContain('holds a token or a URL in place of a channel');
      expect(reported).toContain('SLACK_BOT_TOKEN');
    },
  );
});

describe('withoutSecrets', () => {
  it.each([
    [`there is no channel "${hook}"`, 'there is no channel "https://hooks.example.com/…"'],
    [`a ${token} b`, 'a xoxb-… b'],
    ['https://hooks.slack.com/services/…', 'https://hooks.slack.com/services/…'],
    ['https://example.com', 'https://example.com'],
    ['did you mean "security"?', 'did you mean "security"?'],
  ])('makes of %s: %s', (text, expected) => {
    expect(withoutSecrets(text)).toBe(expected);
  });
});

describe('ShownLines', () => {
  it('are those of the sections that hold no secrets', () => {
    const text = [
      '# head',
      'version: 1',
      'channels:',
      '  a: { console: true }',
      'rules:',
      '- id: r',
      '  channels: [a]',
      '  runbook: https://wiki.example.com/page',
      'other:',
      '  x',
    ];
    const lines = new ShownLines(text.join('\n'));
    expect(text.filter((_, index) => lines.has(index + 1))).toEqual([
      'version: 1',
      'rules:',
      '- id: r',
      '  channels: [a]',
    ]);
  });
});
