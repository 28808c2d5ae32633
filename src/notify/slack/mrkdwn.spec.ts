import type { RichText } from '../../domain/alert.js';
import { escapedMrkdwnOf, literalOf, mrkdwnOf, plainTextOf } from './mrkdwn.js';

const shy = '\u00ad';

describe('mrkdwnOf', () => {
  it.each<[string, RichText, string]>([
    [
      'operator text stays',
      ['*Fails* <https://x.example|runbook> & more'],
      '*Fails* <https://x.example|runbook> & more',
    ],
    [
      'values are neutralised',
      ['*', { value: '<!channel> *b*' }, '*'],
      `*&lt;!channel&gt; ${shy}*${shy}b${shy}*${shy}*`,
    ],
    ['neighbouring values are one', [{ value: ':smi' }, { value: 'le:' }], `:${shy}smile:`],
    [
      'a value as URL',
      ['<', { value: 'https://a.example/x y|z?a=1&b=2' }, '|Open>'],
      '<https://a.example/x%20y%7Cz?a=1&amp;b=2|Open>',
    ],
    [
      'a value in a URL',
      ['<https://a.example/', { value: 'x|<evil> &c' }, '/_d|Open>'],
      '<https://a.example/x%7C%3Cevil%3E%20&amp;c/_d|Open>',
    ],
    [
      'a value as label',
      ['<https://a.example|', { value: '<b> *c*' }, '>'],
      `<https://a.example|&lt;b&gt; ${shy}*${shy}c${shy}*${shy}>`,
    ],
    ['a URL that is none', ['<', { value: 'javascript:x' }, '|Open>'], '&lt;javascript:x|Open>'],
    ['a channel mention', ['<', { value: '!channel' }, '>'], '&lt;!channel>'],
    ['a user mention', ['<@', { value: 'U123' }, '>'], '&lt;@U123>'],
    ['a group mention', ['<!subteam^', { value: 'S1' }, '>'], '&lt;!subteam^S1>'],
    [
      'a date',
      ['<!date^', { value: '1700000000' }, '^{date}|', { value: 'x' }, '>'],
      '<!date^1700000000^{date}|x>',
    ],
    ['a date that is none', ['<!date^', { value: '1^x|y' }, '^{date}|z>'], '&lt;!date^1^x|y^{date}|z>'],
    ['less than', ['1 < ', { value: '2' }, ' and ', { value: '*' }], `1 &lt; 2 and ${shy}*${shy}`],
    ['after a link', ['<https://a.example> ', { value: '!here' }], '<https://a.example> !here'],
  ])('%s', (_name, text, mrkdwn) => expect(mrkdwnOf(text)).toBe(mrkdwn));

  it('lets no value make a link longer than Slack takes', () => {
    const value = 'a'.repeat(1_000_000);
    expect(mrkdwnOf(['<https://a.example/', { value }, '|x>']).startsWith('&lt;https://')).toBe(true);
    expect(mrkdwnOf(['<https://a.example|', { value }, '>']).length).toBeLessThan(600);
  });
});

describe('the other places', () => {
  const text: RichText = ['A & *B* :x: ', { value: '<@U1> :smile: *c*' }];

  it('escapes a title', () => {
    expect(escapedMrkdwnOf(text)).toBe(
      `A &amp; *B* :x: &lt;@U1&gt; :${shy}smile: ${shy}*${shy}c${shy}*${shy}`,
    );
  });

  it('escapes values in plain text', () => {
    expect(plainTextOf(text)).toBe(`A & *B* :x: &lt;@U1&gt; :${shy}smile: *c*`);
  });

  it('leaves rich text to the letter', () => {
    expect(literalOf([...text, { value: '\0' }])).toBe('A & *B* :x: <@U1> :smile: *c*\ufffd');
  });
});
