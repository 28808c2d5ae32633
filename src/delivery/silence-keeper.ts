import { Injectable } from '@nestjs/common';
import { Clock } from '../domain/clock.js';
import type { Silence, SilenceMatcher } from '../domain/silence.js';
import { storable } from '../domain/storable.js';
import { Ids, Transactions, type Stores } from '../domain/stores.js';
import { SilencesReader } from '../storage/silences-reader.js';
import { Deliverer } from './deliverer.js';
import { OpsNotices } from './ops-notices.js';
import { silenceEnded, silenceStarted } from './silence-notice.js';

/** A silence that somebody asks for, its matcher checked against the rules in force. */
export interface SilenceRequest extends SilenceMatcher {
  readonly forMs: number;
  readonly reason: string;
  readonly author: string;
}

/** Begins and ends silences, and tells ops of both. Each notice is committed with what it tells of. */
@Injectable()
export class SilenceKeeper {
  constructor(
    private readonly transactions: Transactions,
    private readonly reader: SilencesReader,
    private readonly notices: OpsNotices,
    private readonly deliverer: Deliverer,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async start(request: SilenceRequest): Promise<Silence> {
    const silence = this.silenceOf(request);
    const channels = await this.transactions.run((stores) => this.add(silence, stores));
    this.deliverer.wake(channels);
    return silence;
  }

  /**
   * Begins the silence that a press of a button asks for, unless that press was taken before. The press is committed with
   * the silence, so that neither is there without the other.
   *
   * @param signature Slack's, of the request that told of the press
   * @returns undefined when it was taken before
   */
  async startOnce(signature: string, request: SilenceRequest): Promise<Silence | undefined> {
    const silence = this.silenceOf(request);
    const channels = await this.transactions.run(async (stores) => {
      const isNew = await stores.slackClicks.record(signature, silence.createdAt);
      return isNew ? this.add(silence, stores) : undefined;
    });
    if (channels === undefined) return undefined;
    this.deliverer.wake(channels);
    return silence;
  }

  /** Ends a silence before its time; false when there is none of that id in force. */
  async remove(id: string): Promise<boolean> {
    const channels = await this.transactions.run(async ({ silences, outbox }) => {
      const ended = await silences.end(id, this.clock.now());
      return ended && this.notices.add(outbox, silenceEnded(ended));
    });
    if (channels === undefined) return false;
    this.deliverer.wake(channels);
    return true;
  }

  /** Ends those whose time is over, also while no replica ran. */
  async endDue(): Promise<void> {
    const now = this.clock.now();
    if (!(await this.reader.anyDue(now))) return;
    const channels = await this.transactions.run(async ({ silences, outbox }) => {
      const woken: string[] = [];
      for (const ended of await silences.endDue(now))
        woken.push(...(await this.notices.add(outbox, silenceEnded(ended))));
      return woken;
    });
    this.deliverer.wake(new Set(channels));
  }

  private silenceOf({ rule, fields, forMs, reason, author }: SilenceRequest): Silence {
    const now = this.clock.now();
    return {
      id: this.ids.next(),
      rule,
      fields,
      reason: storable(reason),
      author: storable(author),
      createdAt: now,
      endsAt: now + forMs,
    };
  }

  /** Gives the channels to wake. */
  private async add(silence: Silence, { silences, outbox }: Stores) {
    await silences.add(silence);
    return this.notices.add(outbox, silenceStarted(silence));
  }
}
