import { eventTypeCodes } from './catalogue.js';
import { priorityCodes, streamCategories, streamCategoriesOf } from './stream-categories.js';

describe('streamCategoriesOf', () => {
  it('gives the category of the Log Stream Filters page', () => {
    expect(streamCategoriesOf('fp')).toEqual(['auth.login.fail']);
    expect(streamCategoriesOf('limit_wc')).toEqual(['system.notification']);
    expect(streamCategoriesOf('sapi')).toEqual(['management.success']);
  });

  it('gives both where the pages differ', () => {
    expect(streamCategoriesOf('fco')).toEqual(['auth.login.fail', 'other']);
  });

  it('takes a code in no category for unclassified', () => {
    expect(streamCategoriesOf('gd_auth_failed')).toEqual(['other']);
  });

  it('names every category of the catalogue, and only categories that there are', () => {
    const used = new Set(eventTypeCodes.flatMap(streamCategoriesOf));
    expect([...used].toSorted()).toEqual(streamCategories);
  });
});

describe('priorityCodes', () => {
  it('are codes of the catalogue', () => {
    expect([...priorityCodes].filter((code) => !eventTypeCodes.includes(code))).toEqual([]);
  });
});
