import { ArrayMaxSize, ArrayNotEmpty, IsArray, IsISO8601, IsOptional, IsString } from 'class-validator';
import { ApiProperty } from '../web/api-description.js';

const maxEvents = 500;

/** Events to explain, with the rules to explain them by. */
export class ExplainBody {
  /** As Auth0 sends them. */
  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    minItems: 1,
    maxItems: maxEvents,
  })
  @ArrayNotEmpty({ message: 'events must hold at least one event' })
  @ArrayMaxSize(maxEvents, {
    message: `events must hold at most ${maxEvents} events; alert-router backtest takes any number of them`,
  })
  @IsArray({ message: 'events must be a list of events' })
  events!: unknown[];

  /** YAML to try instead of the rules in force. It may name no files, and a channel whose address is a variable prints on the console. */
  @ApiProperty({ required: false })
  @IsOptional()
  @IsString({ message: 'rules must be the text of a rules file' })
  rules?: string;

  /** The time that the clock has reached at the end; by default that of the last event. */
  @ApiProperty({ required: false, format: 'date-time' })
  @IsOptional()
  @IsISO8601({}, { message: 'until must be a date such as 2026-11-20T09:00:00Z' })
  until?: string;
}

const event = {
  log_id: '90020261128090000000000000000000000001',
  data: {
    type: 'fp',
    date: '2026-11-28T09:00:00.000Z',
    description: 'Wrong password',
    user_name: 'alice@example.com',
    ip: '203.0.113.7',
  },
};

export const explainExamples: Readonly<Record<string, ExplainBody>> = {
  'by the rules in force': { events: [event] },
  'by other rules': {
    events: [event],
    rules: [
      'version: 1',
      'channels: { local: { console: true } }',
      'rules: [{ id: failed-logins, match: { types: [fp] }, channels: [local] }]',
    ].join('\n'),
    until: '2026-11-28T09:10:00Z',
  },
};
