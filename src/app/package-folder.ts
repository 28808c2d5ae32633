import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** The folder of the nearest package.json above this file, wherever it was compiled or bundled to, with a slash at its end. */
export function packageFolder(): URL {
  let folder = pathToFileURL(`${import.meta.dirname}/`);
  while (!existsSync(new URL('package.json', folder))) folder = new URL('../', folder);
  return folder;
}

/** The version of the router. */
export function packageVersion(): string {
  const text = readFileSync(new URL('package.json', packageFolder()), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
