import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Settings } from '../../config/settings.js';
import { Correlator } from '../../domain/windows/correlator.js';
import { Pipeline } from '../../domain/pipeline.js';
import type { RuleSet } from '../../domain/rule-set.js';
import { Ids } from '../../domain/stores.js';
import { dashboardLink } from '../../domain/alerting/render-alert.js';
import { fingerprintWith } from '../../app/fingerprint.js';
import { CurrentRules } from './current-rules.js';

/** The pipeline of the rules in force. */
@Injectable()
export class CurrentPipeline {
  private readonly correlator: Correlator;
  private made: { readonly rules: RuleSet; readonly pipeline: Pipeline } | undefined;

  constructor(
    private readonly rules: CurrentRules,
    private readonly settings: Settings,
    private readonly ids: Ids,
  ) {
    this.correlator = new Correlator(fingerprintWith(settings.REDACT_KEY), settings.WINDOW_MAX_KEYS);
  }

  get current(): Pipeline {
    const rules = this.rules.current;
    if (this.made?.rules !== rules) {
      const link = dashboardLink(this.settings.AUTH0_DASHBOARD_URL);
      this.made = { rules, pipeline: new Pipeline(rules, this.correlator, this.ids, link, nextTurn) };
    }
    return this.made.pipeline;
  }
}
