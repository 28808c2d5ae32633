import { ApiProperty } from '../web/api-description.js';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, Min } from 'class-validator';

/** Which page of a list is wanted. */
export class PageQuery {
  /** How many entries a page has at most. */
  @ApiProperty({ required: false, type: 'integer', default: 100, minimum: 1, maximum: 1000, example: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt({ message: 'limit must be a whole number' })
  @Min(1, { message: 'limit must be at least 1' })
  @Max(1000, { message: 'limit must be at most 1000' })
  limit = 100;

  /** `next` of the page before. */
  @ApiProperty({ required: false, example: '0199a0c4-6b1e-7c3e-9f52-3d5b8f6f2a10' })
  @IsOptional()
  @IsString()
  cursor?: string;
}

/** A page of a list, newest first; `next` is null on the last one. */
export interface PageOf<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** Makes a page of one entry more than was asked for, which shows whether there is another page. */
export function pageOf<R extends { readonly id: string }, T>(
  rows: readonly R[],
  limit: number,
  view: (row: R) => T,
): PageOf<T> {
  const shown = rows.slice(0, limit);
  return { items: shown.map(view), next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}

export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
