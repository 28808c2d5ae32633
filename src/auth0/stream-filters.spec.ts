import { loadedRules } from '../../test/support/loaded-rules.js';
import { neededEvents, type NeededEvents } from './stream-filters.js';

describe('neededEvents', () => {
  it('are the categories of the types of all rules', async () => {
    expect(await needed('{ types: [fp, fu] }', '{ types: sapi }')).toEqual({
      kind: 'categories',
      categories: ['auth.login.fail', 'management.success'],
      isPriority: false,
      patterns: [],
    });
  });

  it('are all where a rule has no types, or fields and conditions alone', async () => {
    expect(await needed('{ types: [fp] }', '{}')).toEqual({ kind: 'all', rule: 'r2' });
    expect(await needed('{ fields: { ip: 203.0.113.9 } }')).toEqual({ kind: 'all', rule: 'r1' });
  });

  it('are all where a rule names a code whose category nobody knows', async () => {
    expect(await needed('{ types: [fp, quite_new] }')).toEqual({
      kind: 'all',
      rule: 'r1',
      type: 'quite_new',
    });
  });

  it('take patterns for the codes known today and the unclassified events', async () => {
    expect(await needed("{ types: ['limit_w*', /^ss$/] }")).toEqual({
      kind: 'categories',
      categories: ['auth.signup.success', 'other', 'system.notification'],
      isPriority: false,
      patterns: ['limit_w*', '/^ss$/'],
    });
  });

  it('take categories of the catalogue for their codes', async () => {
    expect(await needed('{ types: ["category:signup-failure"] }')).toMatchObject({
      categories: ['auth.signup.fail', 'other'],
      patterns: [],
    });
  });

  it('can come by a prioritised stream where it sends every type', async () => {
    expect(await needed('{ types: [limit_wc, pwd_leak] }', '{ types: [ublkdu] }')).toEqual({
      kind: 'categories',
      categories: ['other', 'system.notification', 'user.notification'],
      isPriority: true,
      patterns: [],
    });
    expect(await needed('{ types: ["limit_w*"] }')).toMatchObject({ isPriority: false });
  });

  it('include the steps of windows, and what an event is to be followed by', async () => {
    expect(
      await needed('{}, window: { within: 1h, sequence: [{ types: [fp] }, { types: [scp] }] }'),
    ).toMatchObject({ categories: ['auth.login.fail', 'user.success'] });
    expect(await needed('{ types: [ss] }, window: { within: 1h, missing: { types: [sv] } }')).toMatchObject({
      categories: ['auth.signup.success', 'user.success'],
    });
  });

  it('do not shrink by an exception, and a code that it names is no type of the rule', async () => {
    expect(await needed("{ types: ['fs*'], except: { types: [fscim_new] } }")).toMatchObject({
      categories: ['auth.signup.fail', 'auth.silent_auth.fail', 'other', 'scim.event'],
    });
  });

  it('are none without rules', () => {
    expect(neededEvents([])).toEqual({ kind: 'none' });
  });
});

/** Of rules r1, r2 and so on with these matches. */
async function needed(...matches: readonly string[]): Promise<NeededEvents> {
  const rules = matches.map((match, index) => `  - { id: r${index + 1}, match: ${match} }\n`).join('');
  const { rules: loaded } = await loadedRules(
    `version: 1\nchannels: { security: { console: true } }\ndefaults: { channels: [security] }\nrules:\n${rules}`,
  );
  return neededEvents(loaded);
}
