import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Settings } from '../../config/settings.js';
import { Timer } from '../../domain/clock.js';
import { CurrentRules } from './current-rules.js';
import { filesFingerprints } from './files-fingerprint.js';

/** How often the files are looked at. A change is taken over when they have then stayed the same for as long again. */
const everyMs = 500;

/** Reloads the rules when a file of theirs changes, unless WATCH_RULES is false, and on SIGHUP. */
@Injectable()
export class ReloadTriggers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ReloadTriggers.name);
  private readonly stopping = new AbortController();
  private watching: Promise<void> | undefined;
  private readonly onSighup = (): void => void this.reload('SIGHUP');

  constructor(
    private readonly rules: CurrentRules,
    private readonly settings: Settings,
    private readonly timer: Timer,
  ) {}

  onApplicationBootstrap(): void {
    process.on('SIGHUP', this.onSighup);
    if (this.settings.WATCH_RULES) this.watching = this.watch();
  }

  async beforeApplicationShutdown(): Promise<void> {
    process.off('SIGHUP', this.onSighup);
    this.stopping.abort();
    await this.watching;
  }

  private async watch(): Promise<void> {
    const { signal } = this.stopping;
    let seen: ReadonlyMap<string, string> = new Map();
    while (!signal.aborted) {
      await this.timer.wait(everyMs, signal);
      const now = await filesFingerprints(this.rules.files.keys());
      const settled = isSame(now, seen);
      seen = now;
      if (!settled || isSame(now, this.rules.files) || signal.aborted) continue;
      await this.reload('a changed file');
    }
  }

  private async reload(trigger: string): Promise<void> {
    try {
      await this.rules.reload(false);
    } catch (error) {
      this.logger.error(`the reload on ${trigger} failed: ${String(error)}`);
    }
  }
}

function isSame(some: ReadonlyMap<string, string>, others: ReadonlyMap<string, string>): boolean {
  return some.size === others.size && [...some].every(([path, print]) => others.get(path) === print);
}
