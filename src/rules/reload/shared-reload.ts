import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Bus } from '../../storage/database/bus.js';
import { CurrentRules, type ReloadResult } from './current-rules.js';

/** A reload that was asked for on one replica and happens on all of them, each from its own disk. */
@Injectable()
export class SharedReload implements OnApplicationBootstrap {
  constructor(
    private readonly rules: CurrentRules,
    private readonly bus: Bus,
  ) {}

  /** Also reloads when a message may have been missed: loading what is in force already changes nothing. */
  onApplicationBootstrap(): void {
    this.bus.subscribe('rules', async () => {
      await this.rules.reload(false);
    });
  }

  /** The other replicas reload only when the file is good here, and not after a `dryRun`. */
  async reload(dryRun: boolean): Promise<ReloadResult> {
    const result = await this.rules.reload(dryRun);
    if (result.ok && !dryRun) this.bus.publish('rules', ['reload']);
    return result;
  }
}
