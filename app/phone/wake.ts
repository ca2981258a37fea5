import type { Queue } from '../queue/queue.ts';
import { channelName, syncTag } from './sync-tag.ts';

/** Registers the service worker, and with it, where the browser can, a retry for when the app is closed. */
const registerWorker = async (): Promise<ServiceWorkerRegistration | undefined> => {
  if (!('serviceWorker' in navigator)) return undefined;
  return navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' }).catch(() => undefined);
};

const askForSync = (registration: ServiceWorkerRegistration): void => {
  const manager: unknown = Reflect.get(registration, 'sync');
  const register: unknown =
    typeof manager === 'object' && manager !== null ? Reflect.get(manager, 'register') : undefined;
  if (typeof register !== 'function') return;
  // Refused without the permission; the app's own retry is what counts.
  Promise.resolve(Reflect.apply(register, manager, [syncTag])).catch(() => undefined);
};

/**
 * Tries again whenever there may be a network again: when the phone says so, when the person comes back, when another
 * tab has changed something, and by the service worker when nobody has the app open.
 */
export const keepInTouch = (queue: Queue): void => {
  const isVisible = (): boolean => document.visibilityState === 'visible';
  window.addEventListener('online', queue.kick);
  window.addEventListener('pageshow', queue.kick);
  document.addEventListener('visibilitychange', () => {
    if (isVisible()) queue.kick();
  });

  const others = new BroadcastChannel(channelName);
  let known = JSON.stringify(queue.view().record);
  others.addEventListener('message', () => void queue.refresh());

  const worker = registerWorker();
  queue.onChange(() => {
    const { record } = queue.view();
    const changed = JSON.stringify(record);
    if (changed === known) return;
    known = changed;
    others.postMessage('changed');
    const isWaiting = record.presses.some(({ sent }) => sent === 'no' || sent === 'maybe');
    if (isWaiting) void worker.then((registration) => registration && askForSync(registration));
  });
  // The browser may clear the storage of sites that it thinks are not used.
  if ('storage' in navigator) void navigator.storage.persist().catch(() => false);
  queue.kick();
};
