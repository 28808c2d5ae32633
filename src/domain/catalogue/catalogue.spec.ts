// The rule keeps the domain's own code pure; a spec may read a fixture.
// oxlint-disable-next-line no-restricted-imports
import knownCodes from '../../../test/fixtures/known-event-codes.json' with { type: 'json' };
import { codesInCategory, describeEventType, eventCategories, eventTypeCodes } from './catalogue.js';

const entries = eventTypeCodes.flatMap((code) => describeEventType(code) ?? []);

describe('the event catalogue', () => {
  it('lists no code twice', () => {
    expect(eventTypeCodes.filter((code, index) => eventTypeCodes.indexOf(code) !== index)).toEqual([]);
  });

  it('describes every code under that code', () => {
    expect(entries.map((entry) => entry.code)).toEqual(eventTypeCodes);
  });

  it('holds every code that Auth0 publishes a schema for', () => {
    expect(knownCodes).toHaveLength(166);
    expect(knownCodes.filter((code) => describeEventType(code) === undefined)).toEqual([]);
  });

  it('has codes that are written as Auth0 writes them', () => {
    expect(eventTypeCodes.filter((code) => !/^[a-z][a-z0-9_]*$/.test(code))).toEqual([]);
  });

  it('has names of two to six words in sentence case, without a full stop', () => {
    const malformed = entries.filter(({ name }) => !/^[A-Z][^\s.]*(?: [^\s.]+){1,5}$/.test(name));
    expect(malformed).toEqual([]);
    expect(entries.filter(({ name }) => name.length > 45)).toEqual([]);
  });

  it('has a name of its own for each code', () => {
    const names = entries.map(({ name }) => name.toLowerCase());
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});

describe('describeEventType', () => {
  it.each([
    ['fp', 'Failed login, wrong password', 'login-failure'],
    ['s', 'Successful login', 'login-success'],
    ['ferrt', 'Failed rotating refresh token exchange', 'token-exchange-failure'],
    ['gd_auth_rejected', 'MFA push rejected by user', 'mfa-failure'],
    ['limit_wc', 'IP blocked for one account', 'attack-protection'],
    ['sapi', 'Management API change', 'management-api'],
    ['sys_os_update_end', 'Auth0 OS update ended', 'system'],
  ])('names %s', (code, name, category) => {
    expect(describeEventType(code)).toEqual({ code, name, category });
  });

  it.each(['no_such_code', '', 'FP', ' fp', '__proto__', 'constructor'])('does not know %j', (code) => {
    expect(describeEventType(code)).toBeUndefined();
  });
});

describe('codesInCategory', () => {
  it.each(eventCategories)('has codes in %s, each described with that category', (category) => {
    const codes = codesInCategory(category) ?? [];
    expect(codes.length).toBeGreaterThan(0);
    expect([...new Set(codes.map((code) => describeEventType(code)?.category))]).toEqual([category]);
  });

  it('shares every code out, to one category each', () => {
    const shared = eventCategories.flatMap((category) => codesInCategory(category) ?? []);
    expect(shared.sort()).toEqual([...eventTypeCodes].sort());
  });

  it.each([
    ['login-failure', ['f', 'fp', 'fu'], ['s', 'fsa', 'fs', 'pla']],
    ['attack-protection', ['limit_mu', 'limit_wc', 'pwd_leak', 'signup_pwd_leak'], ['pla', 'api_limit']],
    ['mfa-failure', ['gd_auth_failed', 'gd_otp_rate_limit_exceed'], ['gd_auth_succeed', 'gd_send_pn']],
    ['extensibility-failure', ['actions_execution_failed', 'fcph'], ['flows_execution_completed', 'scph']],
  ])('puts into %s what belongs there', (category, inside, outside) => {
    const codes = codesInCategory(category);
    expect(codes).toEqual(expect.arrayContaining(inside));
    expect(outside.filter((code) => codes?.includes(code))).toEqual([]);
  });

  it.each(['login', '', 'Login-Failure', 'category:login-failure', 'toString'])(
    'has no category %j',
    (category) => {
      expect(codesInCategory(category)).toBeUndefined();
    },
  );
});
