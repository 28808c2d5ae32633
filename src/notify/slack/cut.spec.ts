import { cut, cutLiteral, more, shorten, split } from './cut.js';

const family = '👨‍👩‍👧‍👦';

describe('cut', () => {
  it('leaves alone what fits', () => {
    expect(cut('a'.repeat(150), 150)).toBe('a'.repeat(150));
  });

  it('says how much it left out', () => {
    const result = cut('a'.repeat(2_000), 100);
    const kept = /^a*/.exec(result)?.[0].length ?? 0;
    expect(result).toBe(`${'a'.repeat(kept)}… (${(2_000 - kept).toLocaleString('en-US')} more characters)`);
    expect(result.length).toBeLessThanOrEqual(100);
  });

  it('counts an entity as one character', () => {
    const result = cut(`${'a'.repeat(70)}${'&amp;'.repeat(100)}`, 100);
    expect(result).toBe(`${'a'.repeat(70)}${'&amp;'.repeat(1)}… (99 more characters)`);
  });

  it.each(Array.from({ length: 60 }, (_, shift) => [shift]))(
    'keeps families together, shifted by %i',
    (shift) => {
      for (const limit of [100, 150]) {
        const result = cut('x'.repeat(shift) + family.repeat(100), limit);
        expect(result.length).toBeLessThanOrEqual(limit);
        expect(result).toMatch(new RegExp(`^x{${shift}}(?:${family})*… \\([\\d,]+ more characters\\)$`, 'u'));
      }
    },
  );

  it.each(Array.from({ length: 12 }, (_, shift) => [shift]))(
    'never ends within an entity, shifted by %i',
    (shift) => {
      const result = cut('x'.repeat(shift) + '&amp;&lt;&gt;'.repeat(50), 100);
      expect(result).toMatch(/^x*(?:&(?:amp|lt|gt);)*… \(/);
    },
  );

  it.each(Array.from({ length: 40 }, (_, shift) => [shift]))(
    'never ends within a link, shifted by %i',
    (shift) => {
      const result = cut(
        `${'x'.repeat(50 + shift)}<https://example.com/a|label> and on${'y'.repeat(99)}`,
        110,
      );
      expect(result).toMatch(/^x+(?:<https:\/\/example\.com\/a\|label>[^<>]*)?… \(/);
    },
  );

  it('takes a lone < for text', () => {
    expect(cut(`a < b ${'c'.repeat(200)}`, 100)).toMatch(/^a < b c{50,}…/);
  });

  it('cuts a grapheme that is longer than the whole', () => {
    const result = cut(`e${'\u0301'.repeat(100_000)}`, 100);
    expect(result.length).toBeLessThanOrEqual(100);
    expect(result).toContain('\u0301');
  });

  it.each(['a', '<', '&', '&amp;', '🇩🇪', family, '\u0301', '<a|', ' ', 'a\n'])(
    'is done with a megabyte of %j',
    (unit) => {
      const text = unit.repeat(1_000_000 / unit.length);
      for (let run = 0; run < 20; run++) expect(cut(text, 150).length).toBeLessThanOrEqual(150);
    },
  );
});

describe('cutLiteral', () => {
  it('gives < and & no meaning', () => {
    expect(cutLiteral(`<${'a'.repeat(200)}>`, 100)).toMatch(/^<a{60,}…/);
  });

  it('stays whole characters even where there is no room for the note', () => {
    expect(cutLiteral('aaaaa', 3)).toBe('…');
  });
});

describe('shorten', () => {
  it('loses no count where the rest is cut again', () => {
    const twice = cutLiteral(shorten('a'.repeat(1_000_000)), 100);
    const kept = /^a*/.exec(twice)?.[0].length ?? 0;
    expect(twice).toBe(
      `${'a'.repeat(kept)}… (${(1_000_000 - kept).toLocaleString('en-US')} more characters)`,
    );
  });
});

describe('split', () => {
  it('loses nothing but the breaks it splits at', () => {
    const words = Array.from({ length: 2_000 }, (_, index) => `word${index}`).join(' ');
    const pieces = split(words, 290);
    expect(pieces.join(' ')).toBe(words);
    expect(pieces.every((piece) => piece.length <= 290)).toBe(true);
  });

  it('prefers the end of a line', () => {
    expect(split(`${'a b '.repeat(20)}\n${'c d '.repeat(20)}`.trim(), 100)).toEqual([
      'a b '.repeat(20).trim(),
      'c d '.repeat(20).trim(),
    ]);
  });

  it('keeps links and entities whole', () => {
    const pieces = split('<https://example.com/x|a b> &amp; '.repeat(40), 100);
    for (const piece of pieces) expect(piece).toMatch(/^(?:<https:\/\/example\.com\/x\|a b>|&amp;| )+$/);
    expect(pieces.join('').match(/</g)).toHaveLength(40);
  });

  it('makes no piece of blanks', () => {
    expect(split(' \n'.repeat(500), 100)).toEqual([]);
  });
});

describe('more', () => {
  it.each([
    [1, '1 more field'],
    [1_234, '1,234 more fields'],
  ])('%i is %s', (number, text) => expect(more(number, 'field')).toBe(text));
});
