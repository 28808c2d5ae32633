import { breakEmoji, clean, escapeText, neutralise, safeUrl } from './escape.js';

const shy = '\u00ad';
const million = 1_000_000;

describe('clean', () => {
  it.each([
    ['a\nb\tc', 'a\nb\tc', 'keeps line breaks and tabs'],
    ['a\r\nb\rc\u2028d\u0085e', 'a\nb\nc\nd\ne', 'makes every line break one'],
    ['a\0b', 'a\ufffdb', 'replaces NUL'],
    ['a\ud800b\udc00', 'a\ufffdb\ufffd', 'replaces lone surrogates'],
    ['\u001b[31mred\u0007\u009b', '[31mred', 'drops control characters'],
    ['ab\u202efdp.exe\u2066\u2069\u200f\u061c', 'abfdp.exe', 'drops bidirectional controls'],
    ['👨‍👩‍👧‍👦 🇩🇪', '👨‍👩‍👧‍👦 🇩🇪', 'keeps joined emoji'],
  ])('%j is %j: %s', (text, cleaned) => expect(clean(text)).toBe(cleaned));
});

describe('escapeText', () => {
  it.each([
    ['<!channel>', '&lt;!channel&gt;'],
    ['<@U1>', '&lt;@U1&gt;'],
    ['<http://evil|x>', '&lt;http://evil|x&gt;'],
    ['&lt;', '&amp;lt;'],
    [`"'*_~\``, `"'*_~\``],
  ])('%s is %s', (text, escaped) => expect(escapeText(text)).toBe(escaped));
});

describe('neutralise', () => {
  it.each([
    'first.last@example.com',
    'first_last@example.com',
    'auth0|abc_def',
    '203.0.113.9',
    '203.0.113.9:443',
    '2001:db8::1',
    '2001:100:200::5',
    '[2001:100:200::5]:443',
    '00:ab:cd:ef:01:23',
    '2026-01-02T12:34:56.789Z',
    'Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0',
    'https://example.com/a_b?c=d_e',
    '日本語_テスト',
  ])('leaves %s as it is', (value) => expect(neutralise(value)).toBe(value));

  it.each([
    ['*bold*', `${shy}*${shy}bold${shy}*${shy}`],
    ['_a_@example.com', `${shy}_${shy}a${shy}_${shy}@example.com`],
    ['~gone~', `${shy}~${shy}gone${shy}~${shy}`],
    ['a *', `a ${shy}*${shy}`],
    ['a*', `a${shy}*${shy}`],
    ['_*x*_', `${shy}_${shy}*${shy}x${shy}*${shy}_${shy}`],
    ['`code`', 'ˋcodeˋ'],
    ['```block```', 'ˋˋˋblockˋˋˋ'],
    [':smile:', `:${shy}smile:`],
    ['x:+1:y', `x:${shy}+1:y`],
    [':100:', `:${shy}100:`],
    [':ab:', `:${shy}ab:`],
    [':ありがとう:', `:${shy}ありがとう:`],
    ['> quote', `${shy}&gt; quote`],
    ['a > b\n  >>> c', `a &gt; b\n  ${shy}&gt;&gt;&gt; c`],
    ['＞ wide', `${shy}＞ wide`],
    ['<!channel> & <@U1>', '&lt;!channel&gt; &amp; &lt;@U1&gt;'],
    ['a\0\u202eb', 'a\ufffdb'],
  ])('%j becomes %j', (value, harmless) => expect(neutralise(value)).toBe(harmless));

  it('knows what stands before it', () => {
    expect(neutralise('> 5', 'Risk: ')).toBe('&gt; 5');
    expect(neutralise('> 5', 'Risk:\n')).toBe(`${shy}&gt; 5`);
    expect(neutralise('smile:', 'Mood:')).toBe(`${shy}smile:`);
    expect(neutralise('203.0.113.9', 'IP:')).toBe('203.0.113.9');
  });

  it.each(['*', '_a', ':', ':a', 'a:', ' >', '\n>', '`', '<', 'ab:cd:', 'é:', '1:', '~*_a'])(
    'is done with a megabyte of %j',
    (unit) => {
      // Anything that isn't linear would take minutes.
      const hostile = unit.repeat(million / unit.length);
      expect(neutralise(hostile).length).toBeGreaterThanOrEqual(hostile.trim().length / 2);
      expect(neutralise(`a${hostile}a`)).toMatch(/^a[^`<>]*a$/);
    },
  );
});

describe('breakEmoji', () => {
  it('breaks every emoji of a row', () => {
    expect(breakEmoji(':a::b_c:d:')).toBe(`:${shy}a::${shy}b_c:${shy}d:`);
  });
});

describe('safeUrl', () => {
  it.each([
    ['https://example.com', 'https://example.com'],
    ['HTTP://example.com/?a=1&b=2', 'HTTP://example.com/?a=1&b=2'],
    [' https://example.com/a b|c<d>"e ', 'https://example.com/a%20b%7Cc%3Cd%3E%22e'],
    ['https://example.com/\n\u202e', 'https://example.com/'],
    ['javascript:alert(1)', undefined],
    ['java\nscript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['slack://open', undefined],
    ['mailto:a@example.com', undefined],
    ['//example.com', undefined],
    ['https:example.com', undefined],
    ['https://', undefined],
    ['https:///x', undefined],
    ['!channel', undefined],
    ['', undefined],
    [`https://example.com/${'a'.repeat(million)}`, undefined],
  ])('%j is %j', (text, url) => expect(safeUrl(text)).toBe(url));
});
