import { IsDefined, IsOptional } from 'class-validator';
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
