import { Inject, Injectable } from '@nestjs/common';
import { Kysely } from 'kysely';
import { plainText, type Severity } from '../domain/alert.js';
import { leadOf } from '../domain/alerting/digest.js';
import type { Message, Notice } from '../domain/alerting/message.js';
import { remindOfAll, type Remind } from '../domain/alerting/remind.js';
import { Clock } from '../domain/clock.js';
import { utcTime } from '../domain/duration.js';
import { Ids, type NewDelivery } from '../domain/stores.js';
import { Deliverer } from '../delivery/deliverer.js';
import { combine } from '../notify/text/combine.js';
import { CurrentRules } from '../rules/reload/current-rules.js';
import type { Database } from '../storage/database/schema.js';
import { writeReminders, type OpenMessage } from '../storage/outbox/due-reminders.js';

/** Asks again about messages that nobody has acknowledged, as their rules say now. */
@Injectable()
export class Reminders {
  constructor(
    @Inject(Kysely) private readonly db: Kysely<Database>,
    private readonly rules: CurrentRules,
    private readonly deliverer: Deliverer,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async write(): Promise<void> {
    const now = this.clock.now();
    const channels = await writeReminders(
      this.db,
      {
        remindOf: (ids) => this.remindOf(ids),
        remindersOf: (open, remind) => this.remindersOf(open, remind, now),
      },
      now,
    );
    if (channels.size > 0) this.deliverer.wake(channels);
  }

  private remindOf(ids: readonly string[]): Remind | undefined {
    const { rules } = this.rules.current;
    return remindOfAll(rules.filter(({ id }) => ids.includes(id)).map(({ remind }) => remind));
  }

  /** In the message's thread, or its channel where that has no threads, and in the channels that the rules name. */
  private remindersOf(open: OpenMessage, remind: Remind, now: number): readonly NewDelivery[] {
    const { id, channel, threadOf } = open;
    const others = remind.channels.filter(
      (name) => name !== channel && this.rules.current.channels.has(name),
    );
    const isBot = this.rules.current.channels.get(channel)?.target.kind === 'bot';
    const own = { ...this.newNotice(channel, open, remind, now), ...(isBot && { threadOf: threadOf ?? id }) };
    return [own, ...others.map((name) => this.newNotice(name, open, remind, now))];
  }

  private newNotice(channel: string, open: OpenMessage, { times }: Remind, at: number): NewDelivery {
    const { severity, rules, title } = wordsOf(open.message);
    // The title was rendered for the message's own channel, and may say more than this one is to show.
    const showsTitle = channel === open.channel || !this.redacts(channel);
    const notice: Notice = {
      severity,
      title: `Still open: ${showsTitle ? title : rules}`,
      detail: `${rules}: posted in ${open.channel} at ${utcTime(open.postedAt)}, and nobody has acknowledged it. Reminder ${open.number} of ${times}.`,
      at,
    };
    return { id: this.ids.next(), channel, notice };
  }

  private redacts(channel: string): boolean {
    return this.rules.current.channels.get(channel)?.redactor?.isEmpty === false;
  }
}

interface Words {
  readonly severity: Severity;
  /** The names of the rules. */
  readonly rules: string;
  readonly title: string;
}

/** What a reminder says of the message that it is about. */
function wordsOf(message: Message): Words {
  switch (message.kind) {
    case 'alert': {
      const { lead, ruleNames } = combine(message.alerts);
      return { severity: lead.severity, rules: ruleNames.join(', '), title: plainText(lead.title) };
    }
    case 'digest': {
      const { digest } = message;
      const rules = digest.rules.top.map(({ name }) => name).join(', ');
      const title = `${digest.total} alerts, the worst: ${plainText(leadOf(digest).title)}`;
      return { severity: digest.severity, rules, title };
    }
    case 'notice':
      return { severity: message.notice.severity, rules: '', title: message.notice.title };
    case 'follow-up':
      return { severity: message.followUp.severity, rules: message.followUp.ruleName, title: '' };
  }
}
