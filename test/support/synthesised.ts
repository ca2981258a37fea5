import '../../infra/compile-cache.ts';
import { getCompileCacheDir } from 'node:module';

/**
 * Has the app in the cache before the workers start: on a fresh clone each of them would synthesise it at once. Nor does
 * each thread that is a function compile its bundle anew.
 */
export default async function setup(): Promise<void> {
  const kept = getCompileCacheDir();
  if (kept !== undefined) process.env['NODE_COMPILE_CACHE'] = kept;
  const { synthesise } = await import('../../infra/local/synthesise.ts');
  const assembly = await synthesise();
  await assembly.dispose();
}
