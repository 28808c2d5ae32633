import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { anchorsIn } from './support/headings.js';

const pages = ['README.md', ...filesIn('docs'), ...filesIn('deploy'), ...filesIn('examples')];

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
}

/** The page without its code, whose brackets are no links. */
function prose(page: string): string {
  return readFileSync(page, 'utf8').replace(/```.*?```|`[^`\n]*\]\([^`\n]*`/gs, '');
}

function brokenLinksOf(page: string): readonly string[] {
  return [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : join(dirname(page), path);
      if (!existsSync(target)) return true;
      return anchor !== undefined && target.endsWith('.md') && !anchorsIn(prose(target)).includes(anchor);
    });
}

describe('the links of the documentation', () => {
  it.each(pages)('lead to a file and a heading that exist: %s', (page) => {
    expect(brokenLinksOf(page)).toEqual([]);
  });
});
