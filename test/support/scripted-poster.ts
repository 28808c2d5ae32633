import { followUpText } from '../../src/domain/alerting/follow-up.js';
import { Poster, type MessageForm } from '../../src/domain/channel.js';
import { plainText } from '../../src/domain/alert.js';
import type { Clock } from '../../src/domain/clock.js';
import type { Message } from '../../src/domain/alerting/message.js';
import type { SendOutcome } from '../../src/domain/alerting/send-outcome.js';

export interface Post {
  readonly channel: string;
  /** The titles of what it shows. */
  readonly titles: readonly string[];
  readonly form: MessageForm;
  /** In ms since the epoch. */
  readonly at: number;
}

/** Answers posts as scripted, each answer once and in order, and accepts when the script is at its end. */
export class ScriptedPoster extends Poster {
  readonly posts: Post[] = [];
  readonly updates: { readonly channel: string; readonly ts: string; readonly repeats: number }[] = [];
  private watchers: (() => void)[] = [];
  private readonly script: (SendOutcome | Error | Promise<SendOutcome>)[] = [];

  constructor(private readonly clock: Clock) {
    super();
  }

  /** An Error is what a post rejects with; a promise keeps the post in flight until it resolves. */
  answerNext(...answers: readonly (SendOutcome | Error | Promise<SendOutcome>)[]): void {
    this.script.push(...answers);
  }

  /** Resolves as soon as at least so many posts were begun. */
  async begun(count: number): Promise<void> {
    while (this.posts.length < count) await new Promise<void>((resolve) => this.watchers.push(resolve));
  }

  override async post(channel: string, message: Message, form: MessageForm): Promise<SendOutcome> {
    this.posts.push({ channel, titles: titlesOf(message), form, at: this.clock.now() });
    for (const watcher of this.watchers.splice(0)) watcher();
    const answer = await (this.script.shift() ?? { kind: 'accepted' as const });
    if (answer instanceof Error) throw answer;
    return answer;
  }

  override update(channel: string, message: Message, ts: string): Promise<SendOutcome> {
    this.updates.push({ channel, ts, repeats: message.kind === 'alert' ? (message.repeats ?? 0) : 0 });
    return Promise.resolve({ kind: 'accepted', ts });
  }
}

function titlesOf(message: Message): string[] {
  switch (message.kind) {
    case 'notice':
      return [message.notice.title];
    case 'follow-up':
      return [followUpText(message.followUp)];
    case 'digest':
      return [`${message.digest.total} alerts`];
    case 'alert':
      return message.alerts.map((alert) => plainText(alert.title));
  }
}
