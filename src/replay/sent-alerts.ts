import { plainText, type AlertContent, type BlockNode } from '../domain/alert.js';
import type { NewAlert } from '../domain/stores.js';

/** Alerts that went out, those of one rule and event together: one to several channels is one alert. */
export function sentAlerts(alerts: readonly NewAlert[]): (readonly [NewAlert, ...NewAlert[]])[] {
  const groups = new Map<string, [NewAlert, ...NewAlert[]]>();
  for (const alert of alerts) {
    if (alert.reason !== 'sent' && alert.reason !== 'grouped') continue;
    const key = JSON.stringify([alert.rule, alert.logIds]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [alert]);
    else group.push(alert);
  }
  return [...groups.values()];
}

/** Everything that an alert says, as people read it: a line for the title, the text, each field and each block's text. */
export function alertText({ title, text, fields, blocks }: AlertContent): string {
  return [
    plainText(title),
    ...(text === undefined ? [] : [plainText(text)]),
    ...fields.map(({ name, value }) => `${name}: ${plainText(value)}`),
    ...(blocks ?? []).flatMap(blockTexts),
  ].join('\n');
}

function blockTexts(node: BlockNode): string[] {
  if ('spans' in node) return [plainText(node.spans)];
  if ('items' in node) return node.items.flatMap(blockTexts);
  return 'entries' in node ? node.entries.flatMap(([, entry]) => blockTexts(entry)) : [];
}
