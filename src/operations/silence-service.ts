import { Injectable } from '@nestjs/common';
import { Clock } from '../domain/clock.js';
import type { Silence, SilenceMatcher } from '../domain/alerting/silence.js';
import { storable } from '../domain/text.js';
import { Ids, Transactions, type Stores } from '../domain/stores.js';
import { SilencesReader } from '../storage/silences/silences-reader.js';
import { Deliverer } from '../delivery/deliverer.js';
import { OpsNotices } from './ops-notices.js';
import { silenceEnded, silenceExtended, silenceStarted } from './silence-notice.js';

/** A requested silence, its matcher checked against the rules in force. */
export interface SilenceRequest extends SilenceMatcher {
  /** When it begins, in ms since the epoch; absent: at once. */
  readonly from?: number;
  readonly forMs: number;
  readonly reason: string;
  readonly author: string;
}

/** How many may be in force at a time; every alert is compared with each of them. */
export const maxInForce = 1_000;

export type SilenceStarted =
  | { readonly kind: 'started'; readonly silence: Silence }
  /** {@link maxInForce} are in force. */
  | { readonly kind: 'too-many' };

/** Begins and ends silences, and notifies ops of both. Each notice is committed with the change that it reports. */
@Injectable()
export class SilenceService {
  constructor(
    private readonly transactions: Transactions,
    private readonly reader: SilencesReader,
    private readonly notices: OpsNotices,
    private readonly deliverer: Deliverer,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async start(request: SilenceRequest): Promise<SilenceStarted> {
    const silence = this.silenceOf(request);
    return this.woken(await this.transactions.run((stores) => this.add(silence, stores)));
  }

  /**
   * Begins the silence that a press of a button asks for, unless that press was taken before. The press is committed with
   * the silence, so that neither is there without the other.
   *
   * @param signature Slack's, of the request that reported the press
   * @param besides what else is to be committed with it; returns the channels that then have something to post
   */
  async startOnce(
    signature: string,
    request: SilenceRequest,
    besides: (stores: Stores, silence: Silence) => Promise<readonly string[]> = () => Promise.resolve([]),
  ): Promise<SilenceStarted | { readonly kind: 'taken-before' }> {
    const silence = this.silenceOf(request);
    const added = await this.transactions.run(async (stores) => {
      const isNew = await stores.slackClicks.record(signature, silence.createdAt);
      if (!isNew) return undefined;
      const started = await this.add(silence, stores);
      if (started.kind !== 'started') return started;
      return { ...started, channels: [...started.channels, ...(await besides(stores, silence))] };
    });
    return added === undefined ? { kind: 'taken-before' } : this.woken(added);
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

  /** Has a silence end `forMs` from now, if it would end before that; undefined when there is none of that id. */
  async extend(id: string, forMs: number, author: string): Promise<Silence | undefined> {
    const endsAt = this.clock.now() + forMs;
    const extended = await this.transactions.run(async ({ silences, outbox }) => {
      const silence = await silences.extend(id, endsAt);
      return (
        silence && { silence, channels: await this.notices.add(outbox, silenceExtended(silence, author)) }
      );
    });
    if (extended !== undefined) this.deliverer.wake(extended.channels);
    return extended?.silence;
  }

  private silenceOf({ from, forMs, reason, author, ...matcher }: SilenceRequest): Silence {
    const now = this.clock.now();
    const startsAt = from !== undefined && from > now ? from : undefined;
    return {
      ...matcher,
      id: this.ids.next(),
      reason: storable(reason),
      author: storable(author),
      createdAt: now,
      startsAt,
      endsAt: (startsAt ?? now) + forMs,
    };
  }

  private async add(silence: Silence, { silences, outbox }: Stores): Promise<Added> {
    if ((await silences.countOpen(silence.createdAt)) >= maxInForce) return { kind: 'too-many' };
    await silences.add(silence);
    return { kind: 'started', silence, channels: await this.notices.add(outbox, silenceStarted(silence)) };
  }

  private woken(added: Added): SilenceStarted {
    if (added.kind === 'started') this.deliverer.wake(added.channels);
    return added;
  }
}

/** With the channels that the notice of it goes to. */
type Added =
  | { readonly kind: 'started'; readonly silence: Silence; readonly channels: Iterable<string> }
  | { readonly kind: 'too-many' };
