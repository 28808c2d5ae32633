import type { LinkTo } from './render-alert.js';

/** Links to an event below the dashboard's address: `https://manage.auth0.com/#`, or `…/dashboard/{region}/{tenant}`. */
export function dashboardLink(dashboardUrl: string): LinkTo {
  const base = dashboardUrl.replace(/\/+$/, '');
  return (logId) => `${base}/logs/${encodeURIComponent(logId)}`;
}
