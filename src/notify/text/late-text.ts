import type { AlertContent } from '../../domain/alert.js';
import { durationText } from '../../domain/duration.js';

/** How late an alert came; empty where it came in time. */
export function lateText({ lateMs }: AlertContent): string {
  return lateMs === undefined ? '' : `${durationText(lateMs)} late`;
}
