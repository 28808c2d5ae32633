import { dashboardLink } from './render-alert.js';

describe('dashboardLink', () => {
  it.each([
    ['https://manage.auth0.com/#', 'https://manage.auth0.com/#/logs/90020'],
    [
      'https://manage.auth0.com/dashboard/eu/my-tenant',
      'https://manage.auth0.com/dashboard/eu/my-tenant/logs/90020',
    ],
    [
      'https://manage.auth0.com/dashboard/eu/my-tenant//',
      'https://manage.auth0.com/dashboard/eu/my-tenant/logs/90020',
    ],
  ])('leads from %s to the event', (dashboard, link) => {
    expect(dashboardLink(dashboard)('90020')).toBe(link);
  });

  it('lets an id end nothing: it stays one step of the path', () => {
    expect(dashboardLink('https://manage.auth0.com/#')('a/../b?c|d>#é')).toBe(
      'https://manage.auth0.com/#/logs/a%2F..%2Fb%3Fc%7Cd%3E%23%C3%A9',
    );
  });
});
