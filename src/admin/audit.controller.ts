import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Kysely } from 'kysely';
import { AuditStore } from '../storage/audit/audit-store.js';
import type { Database } from '../storage/database/schema.js';
import { AdminApi, BadQuery, PageAnswer } from '../web/api-answers.js';
import { ApiOperation, ApiProperty } from '../web/api-description.js';
import { isoTime, pageOf, PageQuery, type PageOf } from './page.js';

/** Something that a person or a program did to the router. */
export class AuditEntryView {
  @ApiProperty()
  id!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  /** The name of the admin token, or who pressed a button in Slack. */
  @ApiProperty()
  by!: string;

  /** The client’s address, or `slack`. */
  @ApiProperty()
  from!: string;

  /** The method and path of the request, or what the button does. */
  @ApiProperty()
  action!: string;

  /** What was answered; null for a button. */
  @ApiProperty({ type: 'integer', nullable: true })
  status!: number | null;
}

const example: AuditEntryView = {
  id: '0199a0c4-7d02-7b41-a1f9-c2e85d60b733',
  at: '2026-11-28T10:15:00.000Z',
  by: 'ann',
  from: '203.0.113.7',
  action: 'POST /admin/rules/reload',
  status: 200,
};

@AdminApi('audit')
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
  @PageAnswer('The entries', AuditEntryView, [example])
  @BadQuery('limit must be a whole number')
  async list(@Query() { limit, cursor }: PageQuery): Promise<PageOf<AuditEntryView>> {
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
