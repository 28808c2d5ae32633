import type { Severity } from '../../domain/alert.js';

/** As readers see them. */
export const severityNames: Readonly<Record<Severity, string>> = {
  info: 'Info',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
};
