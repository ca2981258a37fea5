/*
 * Keeps the app on the phone. Its fetch handler answers the app's own files and nothing else: what is asked of the API
 * goes to the network, untouched.
 */

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
    ['/', ...APP_FILES].map((path) => new Request(path, { cache: path.startsWith('/app/') ? 'default' : 'reload' })),
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
