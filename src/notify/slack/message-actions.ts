import type { ActionsBlock, ActionsBlockElement, AnyBlock, PlainTextOption } from '@slack/types';
import { resolutions, resolutionText } from '../../domain/alerting/delivery-state.js';
import type { Handling, Silenced, SilenceScope } from '../../domain/alerting/message.js';
import type { MessageAction } from '../../domain/channel.js';
import { context } from './blocks.js';
import { cutLiteral } from './cut.js';
import { clean, oneLine } from './escape.js';
import { limits } from './limits.js';
import { briefText, stateLine } from './state-line.js';
import { localTime } from './local-time.js';

/** Slack's action ids of what stands below a message. */
export const actionIds = { acknowledge: 'acknowledge', resolve: 'resolve', silence: 'silence' } as const;

/** How long a rule can be silenced for from below a message. */
export const silenceDurations = ['1h', '4h', '24h', '7d'] as const;

/** Separates the parts of a value; no id of a delivery has it. */
const separator = '|';

/** What an element below a message brings back when somebody uses it: the delivery's id first. */
export function actionValue(delivery: string, ...parts: readonly string[]): string {
  return [delivery, ...parts].join(separator);
}

export function actionParts(value: string): readonly string[] {
  return value.split(separator);
}

/**
 * Who has done what about a message, and what can still be done about it. A resolved message can only be silenced, and
 * an acknowledged one no longer be acknowledged.
 */
export function handlingBlocks(
  handling: Handling | undefined,
  actions: readonly MessageAction[] = [],
): readonly AnyBlock[] {
  if (handling === undefined) return [];
  const lines = [stateLine(handling.state), silencedLine(handling.silenced)].filter((line) => line !== '');
  const elements = actions.flatMap((action) => elementOf(action, handling));
  const buttons: ActionsBlock[] = elements.length === 0 ? [] : [{ type: 'actions', elements }];
  return [...lines.map((line) => context([line])), ...buttons];
}

function silencedLine(silenced: Silenced | undefined): string {
  if (silenced === undefined) return '';
  const { by, about, until } = silenced;
  return `${briefText(`Silenced by ${by}: ${about}`)} · until ${localTime(until)}`;
}

function elementOf(action: MessageAction, handling: Handling): ActionsBlockElement[] {
  const { delivery, state, silence } = handling;
  switch (action) {
    case 'acknowledge':
      if (state.state !== 'open') return [];
      return [
        { type: 'button', action_id: actionIds.acknowledge, text: plain('Acknowledge'), value: delivery },
      ];
    case 'resolve':
      if (state.state === 'resolved') return [];
      return [
        {
          type: 'static_select',
          action_id: actionIds.resolve,
          placeholder: plain('Resolve'),
          options: resolutions.map((as) => option(capital(resolutionText(as)), actionValue(delivery, as))),
        },
      ];
    case 'silence':
      return silence === undefined ? [] : [silenceMenu(delivery, silence)];
  }
}

function silenceMenu(delivery: string, { user, address }: SilenceScope): ActionsBlockElement {
  const group = (scope: string, label: string) => ({
    label: plain(label),
    options: silenceDurations.map((duration) => option(duration, actionValue(delivery, duration, scope))),
  });
  return {
    type: 'static_select',
    action_id: actionIds.silence,
    placeholder: plain('Silence'),
    option_groups: [
      group('rule', 'This rule'),
      ...(user === undefined ? [] : [group('user', `This rule for ${user}`)]),
      ...(address === undefined ? [] : [group('address', `This rule for ${address}`)]),
    ],
  };
}

function option(text: string, value: string): PlainTextOption {
  return { text: plain(text), value };
}

function plain(text: string) {
  const shown = cutLiteral(oneLine(clean(text)), limits.buttonText);
  return { type: 'plain_text' as const, text: shown, emoji: false };
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
