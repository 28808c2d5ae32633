import { eventTypeCodes } from './catalogue.js';
import { fieldOf, hasFields, pathsOf, typesWithFields } from './event-fields.js';

const kindsOf = (type: string, path: string): unknown => {
  const field = fieldOf(type, path.split('.'));
  return field.kind === 'values' ? [...field.kinds].sort().join(' ') : field.kind;
};

describe('the fields of events', () => {
  it('are known of 166 types, all of them in the catalogue', () => {
    expect(typesWithFields()).toHaveLength(166);
    expect(typesWithFields().filter((type) => !eventTypeCodes.includes(type))).toEqual([]);
    expect([hasFields('fp'), hasFields('fpx')]).toEqual([true, false]);
  });

  it.each([
    ['fp', 'user_name', 'string'],
    ['fp', 'details.error.message', 'string'],
    ['f', 'details.riskAssessment.assessments.UntrustedIP.details.ip', 'string'],
    ['f', 'details.triggered_by_session_transfer_token', 'boolean'],
    // A union with null is what is left of it.
    ['f', 'details.stats.loginsCount', 'number'],
    // Elements of an array, with and without an index.
    ['acls_summary', 'details.stats', 'array object'],
    ['acls_summary', 'details.stats.acl_id', 'string'],
    ['acls_summary', 'details.stats.0.match.successes', 'number'],
    ['f', 'details.id_token_signed_response_algs', 'array string'],
    // Below an object that names no properties, one with additionalProperties, and any value.
    ['f', 'details.qs.state', 'anything'],
    ['f', 'auth0_client.env.node', 'anything'],
    // allOf.
    ['f', 'details.session.cookie.mode', 'string'],
    ['fp', 'user_nam', 'absent'],
    ['fp', 'user_name.first', 'absent'],
    ['fp', 'details.errors.0', 'absent'],
    // What the router and Auth0 add.
    ['fp', 'tenant', 'anything'],
    ['fp', 'geo.country', 'anything'],
    ['fp', 'geo.contry', 'absent'],
    ['fp', 'location_info.country_code', 'anything'],
    ['fp', 'security_context.ja3', 'anything'],
    ['fp', 'constructor', 'absent'],
  ])('of %s: %s is %s', (type, path, expected) => {
    expect(kindsOf(type, path)).toBe(expected);
  });

  it('are listed by their paths, each of which leads somewhere', () => {
    for (const type of typesWithFields()) {
      const paths = pathsOf(type);
      expect(paths).toContain('description');
      expect(paths.filter((path) => kindsOf(type, path) === 'absent')).toEqual([]);
    }
  });
});
