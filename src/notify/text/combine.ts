import { plainText, severities, type AlertContent, type AlertField } from '../../domain/alert.js';

/** What one alert adds to a message: all of the first one, and of the others only what isn't shown already. */
export interface Contribution {
  readonly alert: AlertContent;
  /** False when an earlier alert has the same title. */
  readonly showsTitle: boolean;
  readonly showsText: boolean;
  readonly fields: readonly AlertField[];
}

/** Several alerts about one event, made one message. */
export interface Combined {
  /** The most severe alert; of equals, the first. */
  readonly lead: AlertContent;
  /** In order of severity, the lead first. */
  readonly contributions: readonly Contribution[];
  /** Each name once, the lead's first. */
  readonly ruleNames: readonly string[];
  /** Each mention once. */
  readonly mentions: readonly string[];
}

/** @throws TypeError when there is no alert, which a message never has. */
export function combine(alerts: readonly AlertContent[]): Combined {
  const sorted = alerts.toSorted((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity));
  const [lead] = sorted;
  if (lead === undefined) throw new TypeError('A message stands for at least one alert.');
  const shown = new Set<string>();
  const isNew = (kind: string, ...texts: string[]): boolean => {
    const key = JSON.stringify([kind, ...texts]);
    const fresh = !shown.has(key);
    shown.add(key);
    return fresh;
  };
  return {
    lead,
    contributions: sorted.map((alert) => ({
      alert,
      showsTitle: isNew('title', plainText(alert.title)),
      showsText: alert.text !== undefined && isNew('text', plainText(alert.text)),
      fields: alert.fields.filter((field) => isNew('field', field.name, plainText(field.value))),
    })),
    ruleNames: [...new Set(sorted.map((alert) => alert.ruleName))],
    mentions: [...new Set(sorted.flatMap((alert) => alert.mentions))],
  };
}
