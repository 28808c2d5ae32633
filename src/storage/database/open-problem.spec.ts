import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openProblem } from './open-problem.js';
import { processUser } from './sqlite-failure.js';

const failed = (properties: object): Error => Object.assign(new Error('what was said'), properties);
const cantOpen = failed({ rawCode: 14 });

describe('openProblem', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alert-router-problem-'));
    path = join(folder, 'data', 'router.db');
    await mkdir(join(folder, 'data'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it.each([failed({ rawCode: 13 }), failed({ code: 'ENOSPC' })])(
    'names a full disk and its folder',
    (error) => {
      expect(openProblem(path, error)).toBe(
        `The database can't be opened: the disk is full: there is no room for ${path}. Make room in ${join(folder, 'data')} and start again.`,
      );
    },
  );

  /** Refuses one file or folder, as it would be for somebody else than the administrator. */
  const refusing = (name: string, code: string) => (asked: string) => {
    if (asked === name) throw Object.assign(new Error(code), { code });
  };

  it.each(['folder', 'file'])(
    'names the %s that may not be written, its owner and the user',
    async (kind) => {
      await writeFile(path, '');
      const name = kind === 'file' ? path : join(folder, 'data');
      const { uid } = await stat(name);
      expect(openProblem(path, cantOpen, refusing(name, 'EACCES'))).toBe(
        `The database can't be opened: permission denied: the ${kind} ${name} must be readable and writable for user ${processUser()} (it belongs to ${uid}). Give it to that user (chown ${processUser()} ${name}), or run the router as the one it belongs to.`,
      );
    },
  );

  it.each(['EACCES', 'ENOENT'])('names the nearest folder above one that can’t be made: %s', (code) => {
    const missing = join(folder, 'data', 'a', 'b', 'router.db');
    const denied = failed({ code });
    expect(openProblem(missing, denied, refusing(join(folder, 'data'), 'EACCES'))).toContain(
      `permission denied: the folder ${join(folder, 'data')} must be`,
    );
  });

  it('names a file system that is mounted read-only', () => {
    expect(openProblem(path, cantOpen, refusing(join(folder, 'data'), 'EROFS'))).toContain(
      `the folder ${join(folder, 'data')} is on a file system that is mounted read-only`,
    );
  });

  it('says which user needs access where nothing can be seen', () => {
    expect(openProblem(path, cantOpen)).toContain(`${path} can't be opened: user `);
  });

  it('leaves other errors as they are', () => {
    expect(openProblem(path, failed({}))).toBe("The database can't be opened: what was said");
    expect(openProblem(path, 'text')).toBe("The database can't be opened: text");
  });
});
