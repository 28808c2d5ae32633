import { IsDefined, IsInt, IsOptional, Max, Min } from 'class-validator';
import { Describe } from './check.js';
import { IsDuration, IsFilledTexts } from './checks.js';

const by = 'write a list of paths or Liquid texts, such as [ip] or ["{{ event.user_name | downcase }}"]';

/** One message a key and period; the next one says how many were suppressed. */
@Describe('One message a key and period; the next one says how many were held back.')
export class ThrottleSection {
  @Describe('How long a period lasts, from its first message.')
  @IsDuration()
  @IsDefined({ message: 'say how long a period lasts, such as every: 1h' })
  every!: string;

  @IsOptional()
  @Describe('What makes the key: paths into the event or Liquid texts; one key for all events when left out.')
  @IsFilledTexts(by)
  by?: string[];
}

/** Alerts of one key that come soon after each other become one message. */
@Describe('Alerts of one key that come soon after each other become one message.')
export class GroupSection {
  @IsOptional()
  @Describe('What makes the key: paths into the event or Liquid texts; one key for all events when left out.')
  @IsFilledTexts(by)
  by?: string[];

  @Describe('How long the first alert of a key waits for others.')
  @IsDuration()
  @IsDefined({ message: 'say how long alerts wait for others, such as wait: 30s' })
  wait!: string;
}

/** People are asked again as long as a message is open. */
@Describe('Asks again as long as a message of the rule is open, until somebody acknowledges or resolves it.')
export class RemindSection {
  @Describe('How long after the message was posted.')
  @IsDuration()
  @IsDefined({ message: 'say when people are asked first, such as after: 15m' })
  after!: string;

  @IsOptional()
  @Describe('How long after one reminder the next one comes; as long as after when left out.')
  @IsDuration()
  every?: string;

  @IsOptional()
  @Describe('How many reminders there are at most; 3 when left out.')
  @IsInt({ message: 'write a whole number from 1 to 100' })
  @Min(1, { message: 'write a whole number from 1 to 100' })
  @Max(100, { message: 'write a whole number from 1 to 100' })
  times?: number;

  @IsOptional()
  @Describe("Where reminders are posted beside the message's own thread or channel.")
  @IsFilledTexts('write a list of channel names, such as [oncall]')
  channels?: string[];
}
