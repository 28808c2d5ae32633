import { Injectable } from '@nestjs/common';
import { ManagementApi } from '../../auth0/management-api.js';
import { auth0ClientOf, logsModeOf, type LogsMode } from '../../config/auth0-access.js';
import { Settings } from '../../config/settings.js';
import { Clock } from '../../domain/clock.js';

/** The tenant whose logs are read, and the way to it. */
export interface Tenant {
  readonly domain: string;
  readonly api: ManagementApi;
}

/** What the settings say about the Management API. */
@Injectable()
export class TenantAccess {
  readonly mode: LogsMode;
  /** Undefined where no application is set. */
  readonly tenant: Tenant | undefined;

  constructor(settings: Settings, clock: Clock) {
    this.mode = logsModeOf(settings);
    const client = auth0ClientOf(settings);
    this.tenant = client && { domain: client.domain, api: new ManagementApi(client, () => clock.now()) };
  }
}
