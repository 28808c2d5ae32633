import { Injectable } from '@nestjs/common';
import { stateText, type StateChange } from '../domain/alerting/delivery-state.js';
import type { SilenceScope } from '../domain/alerting/message.js';
import { Clock } from '../domain/clock.js';
import { parseDuration } from '../domain/duration.js';
import { Transactions } from '../domain/stores.js';
import { ShownActions } from '../notify/shown-actions.js';
import { briefLine } from '../notify/slack/state-line.js';
import { Audit } from '../operations/audit.js';
import { DeliveryStateService } from '../operations/delivery-state-service.js';
import { maxInForce, SilenceService, type SilenceRequest } from '../operations/silence-service.js';
import { CurrentRules } from '../rules/reload/current-rules.js';
import type { ClickedScope, MessageClick } from './message-click.js';
import { ClickedMessages } from './clicked-messages.js';

type SilenceClick = MessageClick & { readonly chosen: { readonly kind: 'silence' } };

/** Does what somebody chose below a message, and has the message show it. */
@Injectable()
export class MessageClicks {
  constructor(
    private readonly states: DeliveryStateService,
    private readonly silences: SilenceService,
    private readonly messages: ClickedMessages,
    private readonly shown: ShownActions,
    private readonly rules: CurrentRules,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /**
   * What was chosen is stored when this resolves; the message changes later. A click that was taken before does nothing.
   *
   * @param signature tells this click from every other
   */
  async take(click: MessageClick, signature: string): Promise<void> {
    const { chosen } = click;
    switch (chosen.kind) {
      case 'state':
        return this.change(click, chosen.change, signature);
      case 'silence':
        return this.silence({ ...click, chosen }, signature);
    }
  }

  private async change(click: MessageClick, change: StateChange, signature: string): Promise<void> {
    const { delivery, author } = click;
    const changed = await this.states.change(delivery, change, author, signature);
    switch (changed.kind) {
      case 'changed':
        await this.audit.record({
          by: author,
          from: 'slack',
          action: auditLine(change, delivery),
          status: null,
        });
        await this.messages.show(click, changed.channel, stateText(changed.state));
        return;
      case 'unchanged':
      case 'conflict': {
        const { state } = changed;
        const before = state.at === undefined ? stateText(state) : briefLine(stateText(state), state.at);
        this.messages.answer(click, `Nothing was changed. Before you: ${before}`);
        return;
      }
      case 'missing':
      case 'no-alerts':
        this.messages.answer(click, 'Nothing was changed: the router no longer has this message.');
        return;
      case 'taken-before':
        return;
    }
  }

  private async silence(click: SilenceClick, signature: string): Promise<void> {
    const { delivery, author, chosen } = click;
    const found = await this.transactions.run(async ({ deliveryStates }) => ({
      message: await deliveryStates.find(delivery),
      scope: await deliveryStates.silenceScope(delivery),
    }));
    const scope = found.message && found.scope && this.shown.scope(found.message.channel, found.scope);
    const matcher = scope && matcherOf(scope, chosen.scope);
    if (found.message === undefined || matcher === undefined || !this.hasRule(matcher.rule)) {
      const isNew = await this.transactions.run(({ slackClicks }) =>
        slackClicks.record(signature, this.clock.now()),
      );
      if (isNew)
        this.messages.answer(click, 'Nothing was silenced: the rule or the message is no longer there.');
      return;
    }
    const { about, ...wanted } = matcher;
    const request: SilenceRequest = {
      ...wanted,
      forMs: parseDuration(chosen.for) as number,
      reason: 'the Silence menu in Slack',
      author,
    };
    const started = await this.silences.startOnce(signature, request, (stores, silence) =>
      this.states.silenced(stores, delivery, silence, about),
    );
    switch (started.kind) {
      case 'started': {
        const action = `silence ${chosen.for}: ${about}`;
        await this.audit.record({ by: author, from: 'slack', action, status: null });
        await this.messages.show(click, found.message.channel, `Silenced by ${author}: ${about}`);
        return;
      }
      case 'too-many':
        this.messages.answer(
          click,
          `Nothing was silenced: ${maxInForce} silences are in force, and there can be no more.`,
        );
        return;
      case 'taken-before':
        return;
    }
  }

  private hasRule(rule: string): boolean {
    return this.rules.current.rules.some(({ id }) => id === rule);
  }
}

function auditLine(change: StateChange, delivery: string): string {
  return change.kind === 'resolve' ? `resolve ${delivery} as ${change.as}` : `${change.kind} ${delivery}`;
}

interface ClickedMatcher extends Pick<SilenceRequest, 'fields'> {
  readonly rule: string;
  readonly about: string;
}

/** What a choice silences; undefined where the message has no such user or address. */
function matcherOf({ rule, user, address }: SilenceScope, scope: ClickedScope): ClickedMatcher | undefined {
  switch (scope) {
    case 'rule':
      return { rule, about: `the rule ${rule}` };
    case 'user': {
      if (user === undefined) return undefined;
      // An alert keeps the event's user_name, and its user_id where it has none; Auth0's ids look like auth0|5f7c8ec7.
      const field = /^[\w-]+\|/.test(user) ? 'user_id' : 'user_name';
      return {
        rule,
        fields: { [field]: { equals: user } },
        about: `the rule ${rule} for ${user}`,
      };
    }
    case 'address':
      if (address === undefined) return undefined;
      return {
        rule,
        fields: { ip: { equals: address } },
        about: `the rule ${rule} for ${address}`,
      };
  }
}
