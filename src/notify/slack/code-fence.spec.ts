import { cutMrkdwn, splitMrkdwn } from './code-fence.js';

const lines = Array.from({ length: 60 }, (_, index) => `  "field${index}": "value &amp; more"`).join('\n');
const shifts = Array.from({ length: 40 }, (_, shift) => [shift]);

function fences(text: string): number {
  return text.match(/```/g)?.length ?? 0;
}

describe('cutMrkdwn', () => {
  it('leaves alone what fits, and text without code', () => {
    expect(cutMrkdwn('```open', 100)).toBe('```open');
    expect(cutMrkdwn('a'.repeat(200), 100)).toMatch(/^a{70,}… \(\d+ more characters\)$/);
  });

  it('closes the code that it cuts through', () => {
    const result = cutMrkdwn(`before\n\`\`\`\n${lines}\n\`\`\`\nafter`, 300);
    expect(result).toMatch(/^before\n```\n[\s\S]*… \([\d,]+ more characters\)\n```$/);
    expect(result.length).toBeLessThanOrEqual(300);
  });

  it.each(shifts)('leaves no fence without its other, shifted by %i', (shift) => {
    const result = cutMrkdwn(`${'x'.repeat(shift)} \`\`\`some code here\`\`\` ${'y'.repeat(300)}`, 80);
    expect(fences(result) % 2).toBe(0);
    expect(result.replaceAll('```', '')).not.toContain('`');
    expect(result.length).toBeLessThanOrEqual(80);
  });
});

describe('splitMrkdwn', () => {
  it('loses nothing, and has code in every piece of a block of code', () => {
    const pieces = splitMrkdwn(`before\n\`\`\`\n${lines}\n\`\`\`\nafter`, 300);
    expect(pieces.length).toBeGreaterThan(5);
    for (const piece of pieces) {
      expect(fences(piece) % 2).toBe(0);
      expect(piece.length).toBeLessThanOrEqual(300);
    }
    for (const piece of pieces.slice(1, -1)) expect(piece).toMatch(/^```\n[\s\S]*\n```$/);
    expect(
      pieces
        .join('\n')
        .replace(/\n?```\n?/g, '\n')
        .replace(/\s+/g, ' '),
    ).toBe(`before ${lines} after`.replace(/\s+/g, ' '));
  });

  it.each(shifts)('leaves no fence without its other, and no empty code, shifted by %i', (shift) => {
    const text = `${'x'.repeat(60 + shift)}\`\`\`${'c'.repeat(30)}\`\`\`${'y'.repeat(150)}`;
    const pieces = splitMrkdwn(text, 100);
    for (const piece of pieces) {
      expect(fences(piece) % 2).toBe(0);
      expect(piece).not.toMatch(/```\s*```/);
      expect(piece.length).toBeLessThanOrEqual(100);
    }
    const shown = pieces.join('').replace(/[\n`]/g, '');
    expect(shown).toBe(text.replaceAll('`', ''));
  });

  it('splits text without code as ever', () => {
    expect(splitMrkdwn('a b '.repeat(50), 100).every((piece) => piece.length <= 100)).toBe(true);
  });
});
