import type { TopLevelCondition } from 'json-rules-engine';
import type { MatchForm } from '../../src/domain/matching/match-types.js';

/** One rule in the router's words and, for comparison, in those of json-rules-engine alone. */
export interface MixedRule {
  readonly id: string;
  readonly form: MatchForm;
  /** Beside json-rules-engine's own operators it needs `regex` and `startsWith`, see match.ts. */
  readonly plain: TopLevelCondition;
}

const details = (path: string, value: unknown) => ({ fact: 'details', path, operator: 'equal', value });
const fact = (name: string, operator: string, value: unknown) => ({ fact: name, operator, value });

/** The kinds of rules, in turn. `n` distinguishes rules of one kind. */
const kinds: readonly ((n: number) => Omit<MixedRule, 'id'>)[] = [
  (n) => ({ form: { types: `code${n}` }, plain: { all: [fact('type', 'equal', `code${n}`)] } }),
  (n) => ({
    form: { types: [`one${n}`, `two${n}`, `three${n}`] },
    plain: { all: [fact('type', 'in', [`one${n}`, `two${n}`, `three${n}`])] },
  }),
  (n) => ({
    form: { types: `limit${n}_*` },
    plain: { all: [fact('type', 'startsWith', `limit${n}_`)] },
  }),
  (n) => ({
    form: { types: `/^reg${n}(ex|ular)$/` },
    plain: { all: [fact('type', 'regex', `^reg${n}(ex|ular)$`)] },
  }),
  (n) => ({
    form: { types: 'fu', fields: { connection: `Connection-${n}` } },
    plain: { all: [fact('type', 'equal', 'fu'), fact('connection', 'equal', `Connection-${n}`)] },
  }),
  (n) => ({
    form: { types: ['fp', 's'], fields: { 'details.stats.loginsCount': { gt: 1_000_000 + n } } },
    plain: {
      all: [
        fact('type', 'in', ['fp', 's']),
        { fact: 'details', path: '$.stats.loginsCount', operator: 'greaterThan', value: 1_000_000 + n },
      ],
    },
  }),
  (n) => ({
    form: {
      types: 'fu',
      where: { any: [details('$.error.message', `text ${n}`), details('$.error.code', `code ${n}`)] },
    },
    plain: {
      all: [
        fact('type', 'equal', 'fu'),
        { any: [details('$.error.message', `text ${n}`), details('$.error.code', `code ${n}`)] },
      ],
    },
  }),
  (n) => ({
    form: { fields: { client_id: `client-${n}`, isMobile: true } },
    plain: { all: [fact('client_id', 'equal', `client-${n}`), fact('isMobile', 'equal', true)] },
  }),
  (n) => ({
    form: { where: { all: [fact('tenant_name', 'equal', `tenant-${n}`)] } },
    plain: { all: [fact('tenant_name', 'equal', `tenant-${n}`)] },
  }),
  (n) => ({
    form: { types: 'sapi', fields: { description: { startsWith: `Change ${n}:` } } },
    plain: { all: [fact('type', 'equal', 'sapi'), fact('description', 'startsWith', `Change ${n}:`)] },
  }),
];

/** As many rules, of ten kinds in equal parts. */
export function mixedRules(count: number): readonly MixedRule[] {
  return Array.from({ length: count }, (_, index) => {
    const make = kinds[index % kinds.length] as (typeof kinds)[number];
    return { id: `rule-${index}`, ...make(Math.floor(index / kinds.length)) };
  });
}
