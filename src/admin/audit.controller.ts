import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Kysely } from 'kysely';
import { AuditStore } from '../storage/audit/audit-store.js';
import type { Database } from '../storage/database/schema.js';
import { ApiBearerAuth, ApiOperation, ApiTags } from '../web/api-description.js';
import { isoTime, pageOf, PageQuery, type PageOf } from './page.js';

@ApiTags('audit')
@ApiBearerAuth('admin')
@Controller('admin/audit')
export class AuditController {
  private readonly store: AuditStore;

  constructor(@Inject(Kysely) db: Kysely<Database>) {
    this.store = new AuditStore(db);
  }

  @Get()
  @ApiOperation({
    summary:
      'Who did what, when and from where, newest first: requests that change something, and buttons in Slack',
  })
  async list(@Query() { limit, cursor }: PageQuery): Promise<PageOf<object>> {
    const rows = await this.store.list({ limit: limit + 1, after: cursor });
    return pageOf(rows, limit, ({ id, at, by, from, action, status }) => ({
      id,
      at: isoTime(at),
      by,
      from,
      action,
      status,
    }));
  }
}
