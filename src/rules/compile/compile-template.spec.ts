import { readFile } from 'node:fs/promises';
import { loadedRules } from '../../../test/support/loaded-rules.js';
import { event, rule } from '../../../test/support/pipelines.js';
import { plainText } from '../../domain/alert.js';
import type { WindowInfo } from '../../domain/windows/window-info.js';
import { RenderBudget } from '../../domain/alerting/liquid.js';
import { renderAlert } from '../../domain/alerting/render-alert.js';
import type { AlertTemplate, Rule } from '../../domain/rule-set.js';
import { builtInTemplate } from './compile-template.js';

const firstAt = Date.UTC(2026, 10, 20, 9);
const lastAt = Date.UTC(2026, 10, 20, 9, 8, 30);
const last = event('e', { description: 'Wrong password', user_name: 'victim', ip: '192.0.2.1' });

function windowOf(changes: Partial<WindowInfo> = {}): WindowInfo {
  return {
    count: 21,
    values: ['alice', 'victim'],
    steps: [],
    first: new Date(firstAt).toISOString(),
    last: new Date(lastAt).toISOString(),
    firstAt,
    lastAt,
    key: '192.0.2.1',
    samples: [],
    ...changes,
  };
}

describe.each([
  ['built-in', () => Promise.resolve(builtInTemplate())],
  [
    'shipped',
    async () => {
      const yaml = await readFile('rules.yaml', 'utf8');
      const rules = await loadedRules(yaml, { SLACK_WEBHOOK_URL: '' });
      return (rules.rules[0] as Rule).template;
    },
  ],
])('the %s default template', (_name, load) => {
  let template: AlertTemplate;

  beforeAll(async () => {
    template = await load();
  });

  /** The title, and the fields that are not empty as `name: value`. */
  function rendered(window?: WindowInfo): { readonly title: string; readonly fields: readonly string[] } {
    const content = renderAlert(
      { rule: rule('brute-force', {}, { name: 'Brute force', template }), event: last, shown: last, window },
      () => '',
      new RenderBudget(),
    );
    return {
      title: plainText(content.title),
      fields: content.fields.map(({ name, value }) => `${name}: ${plainText(value)}`),
    };
  }

  it('reports the event where the rule has no window', () => {
    expect(rendered()).toEqual({
      title: 'Wrong password [type: fu]',
      fields: ['User: victim', 'IP: 192.0.2.1'],
    });
  });

  it('reports the window where there is one: the rule, the count, the key, the values and the span', () => {
    expect(rendered(windowOf())).toEqual({
      title: 'Brute force: 21 for 192.0.2.1',
      fields: [
        'Among them: alice, victim',
        'Span: 2026-11-20 09:00:00 UTC to 2026-11-20 09:08:30 UTC',
        'User: victim',
        'IP: 192.0.2.1',
      ],
    });
  });

  it('names no key where there is none, and one time where there is one', () => {
    const { title, fields } = rendered(windowOf({ key: '', values: [], last: windowOf().first }));
    expect([title, fields[0]]).toEqual(['Brute force: 21', 'Span: 2026-11-20 09:00:00 UTC']);
  });

  it('shows ten values and says that there are more', () => {
    const values = Array.from({ length: 12 }, (_, index) => `u${index}`);
    expect(rendered(windowOf({ values })).fields[0]).toBe(
      'Among them: u0, u1, u2, u3, u4, u5, u6, u7, u8, u9, …',
    );
  });
});
