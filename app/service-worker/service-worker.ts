/*
 * Keeps the app on the phone, and sends what waits there when the network comes back and nobody has the app open. Its
 * fetch handler answers the app's own files and nothing else: what is asked of the API goes to the network, untouched.
 */

import { phoneQueue } from '../phone/outbox.ts';
import { readToken } from '../phone/token.ts';
import { channelName, syncTag } from '../phone/sync-tag.ts';

/** Set by the build: the hash of all files, and their paths. */
declare const APP_VERSION: string;
declare const APP_FILES: readonly string[];
declare const self: ServiceWorkerGlobalScope;

const prefix = 'app-';
const current = prefix + APP_VERSION;

const fill = async (): Promise<void> => {
  const cache = await caches.open(current);
  await cache.addAll(
    // The names of hashed files change with them; the others are asked for anew.
    APP_FILES.map((path) => new Request(path, { cache: path.startsWith('/app/') ? 'default' : 'reload' })),
  );
};

/** A page that is just loading may still ask for files of the version before: that one stays, older ones go. */
const forgetOlder = async (): Promise<void> => {
  const older = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== current);
  await Promise.all(older.slice(0, -1).map(async (name) => caches.delete(name)));
};

self.addEventListener('install', (event) => {
  event.waitUntil(fill().then(async () => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(forgetOlder().then(async () => self.clients.claim()));
});

const fromCache = async (request: Request): Promise<Response> => {
  const newest = await caches.open(current);
  const options = { ignoreSearch: true, ignoreVary: true };
  const kept = (await newest.match(request, options)) ?? (await caches.match(request, options));
  return kept ?? fetch(request);
};

self.addEventListener('fetch', (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method !== 'GET' || origin !== self.location.origin) return;
  if (pathname === '/' || pathname === '/manifest.webmanifest' || pathname.startsWith('/app/')) {
    event.respondWith(fromCache(event.request));
  }
});

/** A press that waits is sent by the browser's own retry. Rejecting asks the browser for another one. */
const sendWaiting = async (): Promise<void> => {
  const isWaiting = await phoneQueue(readToken).flush();
  new BroadcastChannel(channelName).postMessage('changed');
  if (isWaiting) throw new Error('still waiting');
};

self.addEventListener('sync', (event) => {
  // Background Sync is no part of TypeScript's library: https://wicg.github.io/background-sync/spec/
  if (event instanceof ExtendableEvent && Reflect.get(event, 'tag') === syncTag) event.waitUntil(sendWaiting());
});
