import { severities, type AlertContent, type BlockNode, type Severity } from '../domain/alert.js';
import { ApiProperty, type SchemaObject } from '../web/api-description.js';

/** Rendered text in pieces. */
const richText: { type: 'array'; items: SchemaObject } = {
  type: 'array',
  items: {
    oneOf: [
      { type: 'string' },
      { type: 'object', required: ['value'], properties: { value: { type: 'string' } } },
    ],
  },
};
const self = { $ref: '#/components/schemas/BlockNodeView' };

/** A part of a template’s blocks, which has one of these properties. */
export class BlockNodeView {
  /** A string. */
  @ApiProperty({ ...richText, required: false })
  spans?: AlertContent['title'];

  /** A number, true, false or null. */
  @ApiProperty({ oneOf: [{ type: 'number' }, { type: 'boolean' }], nullable: true, required: false })
  literal?: number | boolean | null;

  /** A list. */
  @ApiProperty({ type: 'array', items: self, required: false })
  items?: readonly BlockNode[];

  /** An object, as pairs of names and values. */
  @ApiProperty({
    type: 'array',
    items: { type: 'array', minItems: 2, maxItems: 2, items: { oneOf: [{ type: 'string' }, self] } },
    required: false,
  })
  entries?: readonly (readonly [string, BlockNode])[];
}

class AlertFieldView {
  @ApiProperty()
  name!: string;

  @ApiProperty(richText)
  value!: AlertContent['title'];
}

class SuppressedView {
  @ApiProperty({ type: 'integer' })
  count!: number;

  /** When the first of them was raised, in ms since the epoch. */
  @ApiProperty({ type: 'integer' })
  since!: number;
}

/** What an alert says, whatever the channel that shows it. */
export class AlertContentView implements AlertContent {
  @ApiProperty()
  ruleId!: string;

  @ApiProperty()
  ruleName!: string;

  @ApiProperty({ enum: severities })
  severity!: Severity;

  /** Strings are the operator’s own text; a `value` came out of an event. */
  @ApiProperty(richText)
  title!: AlertContent['title'];

  @ApiProperty({ ...richText, required: false })
  text?: AlertContent['text'];

  /** Those whose value is empty are left out. */
  @ApiProperty({ type: [AlertFieldView] })
  fields!: readonly AlertFieldView[];

  /** The template’s blocks, which Slack shows in place of the title, text and fields. */
  @ApiProperty({ type: [BlockNodeView], required: false })
  blocks?: AlertContent['blocks'];

  /** Whom the rule mentions. */
  @ApiProperty({ type: [String] })
  mentions!: readonly string[];

  @ApiProperty({ required: false })
  runbook?: string;

  /** What the rule’s throttle suppressed before it. */
  @ApiProperty({ required: false })
  suppressed?: SuppressedView;

  /** The event’s own time, in ms since the epoch. */
  @ApiProperty({ type: 'integer' })
  at!: number;

  /** How long after the event the alert was raised, in ms, where that is more than ten minutes. */
  @ApiProperty({ type: 'integer', required: false })
  lateMs?: number;

  /** The event in Auth0’s dashboard. */
  @ApiProperty({ required: false })
  link?: string;
}

export const contentExample: AlertContentView = {
  ruleId: 'failed-logins',
  ruleName: 'Failed logins',
  severity: 'high',
  title: [{ value: 'Wrong password' }, ' [type: ', { value: 'fp' }, ']'],
  fields: [{ name: 'User', value: [{ value: 'alice@example.com' }] }],
  mentions: [],
  at: Date.parse('2026-11-28T09:00:00.000Z'),
  link: 'https://manage.auth0.com/#/logs/90020261128090000000000000000000000001',
};
