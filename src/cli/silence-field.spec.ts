import { UsageError } from './cli-io.js';
import { parseFields } from './silence-field.js';

describe('parseFields', () => {
  it.each([
    '*@example.com',
    '@ann',
    '`curl`',
    '%s',
    '[draft] x',
    '{ x } y',
    '"ann',
    '',
    '#foo',
    'Wrong: password',
    '0123',
    '1e3',
    'null',
    'true',
    'a=b=c',
    '& | > - ! ?',
    ' spaces ',
    'two\nlines',
  ])('takes %j as the text that it is', (value) => {
    expect(parseFields([`user_name=${value}`])).toEqual({ user_name: value });
  });

  it('reads operators and lists as a rules file does', () => {
    expect(
      parseFields(['ip={ cidr: 203.0.113.0/24 }', 'type=[f, "fu*"]', 'details.code=[200]', 'x={}']),
    ).toEqual({ ip: { cidr: '203.0.113.0/24' }, type: ['f', 'fu*'], 'details.code': [200], x: {} });
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    'takes a field of the name %s',
    (name) => {
      const fields = parseFields([`${name}=x`]);
      expect(JSON.stringify(fields)).toBe(`{"${name}":"x"}`);
    },
  );

  it.each([
    ['ip', /path=value/],
    ['=x', /path=value/],
    ['ip=[*a]', /^--field ip=\[\*a\]: .* double quotes/],
    ['ip={ a: [ }', /^--field ip=\{ a: \[ \}: .* double quotes/],
    ['ip={ a: !odd x }', /^--field ip=\{ a: !odd x \}: .* double quotes/],
    ['ip=["\u001b[2J", @a]', /^--field ip=\["\\u001b\[2J", @a\]: /],
  ])('says in one line what is wrong with %j', (option, message) => {
    const act = (): unknown => parseFields([option]);
    expect(act).toThrow(UsageError);
    expect(act).toThrow(message);
    expect(act).not.toThrow(/\n/);
  });

  it('refuses a path that is given twice, since one of the two values would not count', () => {
    expect(() => parseFields(['ip=a', 'ip=b'])).toThrow("--field 'ip=[one, other]'");
  });
});
