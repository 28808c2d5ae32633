import { expandVariables } from './expand-variables.js';

const variables = { NAME: 'value', EMPTY: '', BLANK: ' \n', LINE: 'line\n', _X1: 'x' };

describe('expandVariables', () => {
  it.each([
    ['${NAME}', 'value'],
    ['a ${NAME} b ${_X1}', 'a value b x'],
    ['${NAME:-text}', 'value'],
    ['${ABSENT:-text}', 'text'],
    ['${ABSENT:-https://example.com/?a=b:-c}', 'https://example.com/?a=b:-c'],
    ['${ABSENT:-}', ''],
    ['${EMPTY:-text}', 'text'],
    ['${BLANK:-text}', 'text'],
    ['a ${LINE} b', 'a line b'],
    ['$NAME', '$NAME'],
    ['${1NAME}', '${1NAME}'],
    ['${NAME', '${NAME'],
    ['${NAME} ${NAME', 'value ${NAME'],
    ['${ABSENT:-text', '${ABSENT:-text'],
    ['${${NAME}}', '${value}'],
    ['${ABSENT:-${NAME}}', '${NAME}'],
    ['${NAME:+x} ${NAME-x} ${}', '${NAME:+x} ${NAME-x} ${}'],
    ['', ''],
  ])('makes of %s: %s', (text, expected) => {
    expect(expandVariables(text, variables)).toEqual({ ok: true, text: expected });
  });

  it('names what has neither value nor default, each once', () => {
    expect(expandVariables('${A} ${NAME} ${EMPTY} ${A}', variables)).toEqual({
      ok: false,
      missing: ['A', 'EMPTY'],
    });
  });

  it('does not expand what a value holds', () => {
    expect(expandVariables('${A}', { A: '${B}', B: 'b' })).toEqual({ ok: true, text: '${B}' });
  });

  it.each(['constructor', 'toString', '__proto__'])('takes no inherited name: %s', (name) => {
    expect(expandVariables(`\${${name}}`, {})).toEqual({ ok: false, missing: [name] });
    expect(expandVariables(`\${${name}:-text}`, {})).toEqual({ ok: true, text: 'text' });
  });

  it.each(['${A:-', '${A', '${', '${A:'])('takes a megabyte of %s in one pass', (piece) => {
    // In a time that grows with the square of the length, this would take minutes.
    const text = piece.repeat(1_000_000 / piece.length);
    expect(expandVariables(text, {})).toEqual({ ok: true, text });
  });
});
