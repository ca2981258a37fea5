import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import process from 'node:process';

/** Where Debian, Ubuntu and Alpine have it. */
const usualPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const runs = (command: string, ...options: string[]): boolean =>
  spawnSync(command, options, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0;

export type FoundChromium = { readonly path: string } | { readonly missing: string };

/** The browser of `CHROMIUM` or of the machine; as root it is installed where it is missing. */
export const findChromium = (chosen: string | undefined): FoundChromium => {
  if (chosen !== undefined) {
    return isExecutable(chosen) ? { path: chosen } : { missing: `CHROMIUM names ${chosen}, which cannot be run` };
  }
  const here = usualPaths.find(isExecutable);
  if (here !== undefined) return { path: here };
  if (process.getuid?.() !== 0) return { missing: 'no chromium here, and only root can install it' };
  if (!isExecutable('/usr/bin/apt-get')) return { missing: 'no chromium here, and no apt-get to install it' };
  console.log('no chromium here: apt-get install chromium');
  runs('apt-get', 'update', '--quiet');
  runs('apt-get', 'install', '--yes', '--quiet', 'chromium');
  const installed = usualPaths.find(isExecutable);
  return installed === undefined ? { missing: 'apt-get could not install chromium' } : { path: installed };
};
