import { plainText, severities, type AlertContent, type Severity } from '../alert.js';
import type { Reason } from './decision.js';
import { standsAlone } from './digest.js';
import type { LogEvent } from '../event.js';
import { logIdsOf, redacted, type Detection } from './detection.js';
import { keyText, keyValues } from '../key.js';
import type { RenderBudget } from './liquid.js';
import { templateScope } from './render-alert.js';
import type { Template } from './template.js';
import type { Rule, RuleSet } from '../rule-set.js';
import { storable } from '../text.js';
import {
  noChannel,
  type AlertGroup,
  type EventKeys,
  type Ids,
  type NewAlert,
  type NewDelivery,
  type OpenedBy,
} from '../stores.js';

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
   * @param render gives the alert's content: once, and once more for each channel that shows less of the event
   * @param budget what the content is rendered with
   */
  add(
    detection: Detection,
    render: (detection: Detection) => AlertContent,
    reason: Reason,
    budget: RenderBudget,
    openedBy: OpenedBy = {},
  ): readonly NewAlert[] {
    const { rule, event } = detection;
    const common = render(detection);
    const channels = rule.channels.length === 0 ? [noChannel] : [...this.channelsOf(detection, budget)];
    const added = channels.map((channel): NewAlert => {
      const redactor = this.rules.channels.get(channel)?.redactor;
      const visible = redactor === undefined ? detection : redacted(detection, redactor);
      const content = redactor === undefined ? common : render(visible);
      const threadOf =
        reason === 'throttled' && this.threads(channel) ? openedBy[channel]?.delivery : undefined;
      const shownReason = threadOf === undefined ? reason : 'sent';
      const shown =
        shownReason === 'sent' && channel !== noChannel
          ? this.deliveryFor(visible, channel, budget, threadOf)
          : undefined;
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
        keys: keysOf(visible.shown),
        people: this.rules.redactor.people(event),
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
      const name = channelName(channel, { ...detection, shown: detection.event }, budget);
      if (this.rules.channels.has(name)) {
        names.add(name);
      } else {
        this.unknownChannels.add(storable(channelName(channel, detection, budget)).slice(0, keyLength));
        complete = false;
      }
    }
    return complete;
  }

  /** `grouped`: the delivery of the group is that of an earlier alert. */
  private deliveryFor(
    detection: Detection,
    channel: string,
    budget: RenderBudget,
    threadOf: string | undefined,
  ): { readonly id: string; readonly grouped: boolean } {
    const { rule, event } = detection;
    const group = this.groupOf(detection, channel, budget);
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
    const remindAt = threadOf === undefined ? this.remindAt(rule, delivery) : {};
    this.deliveryByKey.set(key, { ...delivery, severity, ...(alone && { alone }), ...remindAt });
    const grouped = known !== undefined && threadOf === undefined && group !== undefined;
    return { id: delivery.id, grouped };
  }

  /** A repeat in a thread asks nobody again: the message above it does. */
  private remindAt({ remind }: Rule, delivery: NewDelivery): Pick<NewDelivery, 'remindAt'> {
    if (remind === undefined) return {};
    return { remindAt: Math.min(delivery.remindAt ?? Number.POSITIVE_INFINITY, this.now + remind.afterMs) };
  }

  private groupOf(
    { rule, event, shown }: Detection,
    channel: string,
    budget: RenderBudget,
  ): AlertGroup | undefined {
    if (rule.group === undefined) return undefined;
    const { by, waitMs } = rule.group;
    const identity = keyText(keyValues(by, event, budget));
    const text = keyValues(by, shown, budget).filter((value) => value !== undefined && value !== '');
    return {
      key: JSON.stringify([rule.id, channel, this.rules.redactor.key(identity)]),
      text: storable(text.join(', ').slice(0, keyLength)),
      until: this.now + waitMs,
    };
  }
}

/** The name of a channel that a rule names, or that its Liquid text makes of the event. */
function channelName(channel: string | Template, detection: Detection, budget: RenderBudget): string {
  return typeof channel === 'string' ? channel : plainText(channel.render(templateScope(detection), budget));
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
