import { Injectable } from '@nestjs/common';
import {
  stateText,
  transition,
  type StateChange,
  type Transition,
} from '../domain/alerting/delivery-state.js';
import type { Silence } from '../domain/alerting/silence.js';
import { Clock } from '../domain/clock.js';
import { utcTime } from '../domain/duration.js';
import { Ids, Transactions, type HandledDelivery, type NewDelivery, type Stores } from '../domain/stores.js';
import { storable } from '../domain/text.js';
import { Deliverer } from '../delivery/deliverer.js';
import { CurrentRules } from '../rules/reload/current-rules.js';

/** What came of a change that somebody wanted. */
export type StateChanged =
  | (Transition & { readonly channel: string })
  /** There is no such message, or it was pruned. */
  | { readonly kind: 'missing' }
  /** It is a notice or a follow-up. */
  | { readonly kind: 'no-alerts' }
  /** The press of a button that asked for it had been taken before. */
  | { readonly kind: 'taken-before' };

/** Acknowledges, resolves and reopens messages, and has Slack show it. */
@Injectable()
export class DeliveryStateService {
  constructor(
    private readonly transactions: Transactions,
    private readonly rules: CurrentRules,
    private readonly deliverer: Deliverer,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * The state is stored when this resolves, and with it what a bot channel is to show of it. A webhook's message can
   * only be changed by whoever pressed a button below it.
   *
   * @param by who
   * @param click names the press of a button that asks for it, which then is taken once
   */
  async change(id: string, change: StateChange, by: string, click?: string): Promise<StateChanged> {
    const changed = await this.transactions.run((stores) => this.decide(stores, id, change, by, click));
    if (changed.kind === 'changed') this.deliverer.wake([changed.channel]);
    return changed;
  }

  /**
   * Notes on a message, in a transaction of the caller's, what was silenced from below it. Returns the channels to wake.
   *
   * @param about in words
   */
  async silenced(
    { deliveryStates, outbox }: Stores,
    id: string,
    { author, endsAt }: Silence,
    about: string,
  ): Promise<readonly string[]> {
    const delivery = await deliveryStates.find(id);
    if (delivery === undefined) return [];
    await deliveryStates.saveSilenced(id, { by: author, about, until: endsAt });
    if (!this.canEdit(delivery)) return [];
    const now = this.clock.now();
    const title = `Silenced by ${author}: ${about}, until ${utcTime(endsAt)}`;
    await outbox.add(this.shownIn(delivery, title, now), [], now);
    return [delivery.channel];
  }

  private async decide(
    { slackClicks, deliveryStates, outbox }: Stores,
    id: string,
    change: StateChange,
    by: string,
    click: string | undefined,
  ): Promise<StateChanged> {
    const now = this.clock.now();
    if (click !== undefined && !(await slackClicks.record(click, now))) return { kind: 'taken-before' };
    const delivery = await deliveryStates.find(id);
    if (delivery === undefined) return { kind: 'missing' };
    if (!delivery.hasAlerts) return { kind: 'no-alerts' };
    const wanted = transition(delivery.state, storableChange(change), storable(by), now);
    if (wanted.kind === 'changed') {
      const { state, ...rest } = wanted.state;
      await deliveryStates.save(id, wanted.state);
      await deliveryStates.record(id, {
        ...rest,
        from: delivery.state.state,
        to: state,
        via: click === undefined ? 'api' : 'slack',
      });
      if (this.canEdit(delivery))
        await outbox.add(this.shownIn(delivery, stateText(wanted.state), now), [], now);
    }
    return { ...wanted, channel: delivery.channel };
  }

  private canEdit({ channel, isDead }: HandledDelivery): boolean {
    return !isDead && this.rules.current.channels.get(channel)?.target.kind === 'bot';
  }

  /** A line in the message's thread, whose answer names the channel's ID, which the edit needs; and the message anew. */
  private shownIn({ id, channel, threadOf }: HandledDelivery, title: string, now: number): NewDelivery[] {
    const notice = { severity: 'info', title, detail: '', at: now, brief: true } as const;
    return [
      { id: this.ids.next(), channel, notice, threadOf: threadOf ?? id },
      { id: this.ids.next(), channel, notice, edits: id, threadOf: id },
    ];
  }
}

/** Somebody's note may hold what a database can't. */
function storableChange(change: StateChange): StateChange {
  if (change.kind !== 'resolve' || change.note === undefined) return change;
  return { ...change, note: storable(change.note) };
}
