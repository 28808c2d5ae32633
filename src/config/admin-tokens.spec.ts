import { adminTokens } from './admin-tokens.js';

describe('adminTokens', () => {
  it.each([
    [undefined, []],
    ['secret', [{ readOnly: false, token: 'secret' }]],
    ['Bearer secret', [{ readOnly: false, token: 'secret' }]],
    [
      'ann:one, ci:read:two,',
      [
        { name: 'ann', readOnly: false, token: 'one' },
        { name: 'ci', readOnly: true, token: 'two' },
      ],
    ],
    ['ann:a:b', [{ name: 'ann', readOnly: false, token: 'a:b' }]],
    ['ann:', [{ readOnly: false, token: 'ann:' }]],
  ])('%p', (setting, tokens) => {
    expect(adminTokens(setting)).toMatchObject(tokens);
  });
});
