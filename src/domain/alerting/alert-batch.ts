import { plainText, severities, type AlertContent, type Severity } from '../alert.js';
import type { Reason } from './decision.js';
import { standsAlone } from './digest.js';
import type { LogEvent } from '../event.js';
import { logIdsOf, type Detection } from './detection.js';
import { keyText, keyValues } from '../key.js';
import type { RenderBudget } from './liquid.js';
import { templateScope } from './render-alert.js';
import type { Template } from './template.js';
import type { RuleSet } from '../rule-set.js';
import { storable } from '../text.js';
import type { AlertGroup, EventKeys, Ids, NewAlert, NewDelivery, OpenedBy } from '../stores.js';

/** What digests count by is one line long at most. */
const keyLength = 200;

/** Collects the alerts of a batch, giving each event and channel, or each group, one delivery. */
export class AlertBatch {
  readonly alerts: NewAlert[] = [];
  /** Names that a channel template gave and that name no channel. */
  readonly unknownChannels = new Set<string>();
  /** Why a template of a rule, by its id, failed last. */
  readonly templateFailures = new Map<string, string>();
  /** By what their alerts have in common. */
  private readonly deliveryByKey = new Map<string, NewDelivery>();

  constructor(
    private readonly rules: RuleSet,
    private readonly ids: Ids,
    private readonly now: number,
  ) {}

  get deliveries(): readonly NewDelivery[] {
    return [...this.deliveryByKey.values()];
  }

  /**
   * Adds the alerts of one detection, one for each of its rule's channels.
   *
   * @param budget what the alert's content was rendered with
   */
  add(
    detection: Detection,
    content: AlertContent,
    reason: Reason,
    budget: RenderBudget,
    openedBy: OpenedBy = {},
  ): readonly NewAlert[] {
    const { rule, event } = detection;
    const added = [...this.channelsOf(detection, budget)].map((channel): NewAlert => {
      const threadOf =
        reason === 'throttled' && this.threads(channel) ? openedBy[channel]?.delivery : undefined;
      const shownReason = threadOf === undefined ? reason : 'sent';
      const shown =
        shownReason === 'sent' ? this.deliveryFor(detection, channel, budget, threadOf) : undefined;
      return {
        id: this.ids.next(),
        rule: rule.id,
        channel,
        severity: rule.severity,
        at: event.at,
        title: storable(plainText(content.title)),
        logIds: logIdsOf(detection),
        reason: shown?.grouped === true ? 'grouped' : shownReason,
        content,
        keys: keysOf(event),
        deliveryId: shown?.id,
      };
    });
    this.alerts.push(...added);
    for (const failure of budget.failures) this.templateFailures.set(rule.id, failure);
    return added;
  }

  /** Whether repeats of an alert go to the thread of the first. */
  threads(channel: string): boolean {
    const target = this.rules.channels.get(channel)?.target;
    return target?.kind === 'bot' && target.thread;
  }

  private channelsOf(detection: Detection, budget: RenderBudget): ReadonlySet<string> {
    const names = new Set<string>();
    const { defaultChannels, lastResort } = this.rules;
    if (!this.addChannels(detection.rule.channels, detection, budget, names))
      this.addChannels(defaultChannels, detection, budget, names);
    if (names.size === 0 && lastResort !== undefined) names.add(lastResort);
    return names;
  }

  /** Adds those that there are, and says whether all are among them. */
  private addChannels(
    channels: readonly (string | Template)[],
    detection: Detection,
    budget: RenderBudget,
    names: Set<string>,
  ): boolean {
    let complete = true;
    for (const channel of channels) {
      const name =
        typeof channel === 'string' ? channel : plainText(channel.render(templateScope(detection), budget));
      if (this.rules.channels.has(name)) {
        names.add(name);
      } else {
        this.unknownChannels.add(storable(name).slice(0, keyLength));
        complete = false;
      }
    }
    return complete;
  }

  /** `grouped`: the delivery of the group is that of an earlier alert. */
  private deliveryFor(
    { rule, event }: Detection,
    channel: string,
    budget: RenderBudget,
    threadOf: string | undefined,
  ): { readonly id: string; readonly grouped: boolean } {
    const group =
      rule.group &&
      this.groupOf(rule.id, channel, keyValues(rule.group.by, event, budget), rule.group.waitMs);
    const key =
      threadOf === undefined ? (group?.key ?? `${channel} ${event.logId}`) : `${threadOf} ${event.logId}`;
    const known = this.deliveryByKey.get(key);
    const delivery: NewDelivery = known ?? {
      id: this.ids.next(),
      channel,
      ...(threadOf === undefined ? { group } : { threadOf }),
    };
    // Repeats in a thread are merged all the same, since the message above them has said what matters.
    const alone = threadOf === undefined && standsAlone(rule);
    const severity = worse(delivery.severity ?? rule.severity, rule.severity);
    this.deliveryByKey.set(key, { ...delivery, severity, ...(alone && { alone }) });
    const grouped = known !== undefined && threadOf === undefined && group !== undefined;
    return { id: delivery.id, grouped };
  }

  private groupOf(
    ruleId: string,
    channel: string,
    values: ReadonlyArray<string | undefined>,
    waitMs: number,
  ): AlertGroup {
    return {
      key: JSON.stringify([ruleId, channel, keyText(values)]),
      text: storable(
        values
          .filter((value) => value !== undefined && value !== '')
          .join(', ')
          .slice(0, keyLength),
      ),
      until: this.now + waitMs,
    };
  }
}

function worse(a: Severity, b: Severity): Severity {
  return severities.indexOf(a) > severities.indexOf(b) ? a : b;
}

function keysOf({ type, data }: LogEvent): EventKeys {
  return {
    type: line(type) ?? '',
    user: line(data['user_name']) ?? line(data['user_id']),
    address: line(data['ip']),
    application: line(data['client_name']) ?? line(data['client_id']),
  };
}

function line(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? storable(value.slice(0, keyLength)) : undefined;
}
