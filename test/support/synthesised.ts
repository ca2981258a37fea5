import { synthesise } from '../../infra/local/synthesise.ts';

/** Has the app in the cache before the workers start: on a fresh clone each of them would synthesise it at once. */
export default async function setup(): Promise<void> {
  const assembly = await synthesise();
  await assembly.dispose();
}
