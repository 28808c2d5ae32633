import { YamlSource } from './yaml-source.js';

function problemsOf(text: string): readonly string[] {
  return new YamlSource('rules.yaml', text).syntaxProblems.map(({ message }) => message);
}

describe('aliases', () => {
  it('may be thousands, where each stands for little', () => {
    const rules = Array.from(
      { length: 5_000 },
      (_, index) => `  - { id: r${index}, channels: *to, match: *m }`,
    );
    const text = `x-to: &to [security]\nx-m: &m { types: [f, fp], fields: { ip: x } }\nrules:\n${rules.join('\n')}\n`;
    expect(problemsOf(text)).toEqual([]);
  });

  it('may repeat something large a few times', () => {
    const ips = Array.from({ length: 3_000 }, (_, index) => `10.0.${index >> 8}.${index & 255}`);
    const text = `a: &a [${ips.join(', ')}]\n${['b', 'c', 'd', 'e'].map((key) => `${key}: *a\n`).join('')}`;
    expect(problemsOf(text)).toEqual([]);
  });

  it('must not multiply a file a thousandfold, in one step or in several', () => {
    const many = (name: string, count: number) => Array.from({ length: count }, () => `*${name}`).join(', ');
    const inOne = `a: &a [${'x, '.repeat(3_000)}x]\nb: [${many('a', 3_000)}]\n`;
    const steps = ['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k'];
    const inSeveral = `a: &a [x, y]\n${steps
      .map((key, index) => `${key}: &${key} [${many(steps[index - 1] ?? 'a', 10)}]\n`)
      .join('')}`;
    for (const text of [inOne, inSeveral])
      expect(problemsOf(text)).toEqual([expect.stringContaining('aliases')]);
  });
});
