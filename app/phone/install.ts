/** On an iPhone or iPad, every browser installs through Safari's share button. */
export const isIphone = (): boolean =>
  /iPhone|iPad|iPod/.test(navigator.userAgent) ||
  (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);

export const isInstalled = (): boolean =>
  window.matchMedia('(display-mode: standalone)').matches || Reflect.get(navigator, 'standalone') === true;

let offered: Event | undefined;

/** Chromium offers installing once, early: the offer is kept until somebody wants it. */
export const keepInstallOffer = (): void => {
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    offered = event;
  });
  window.addEventListener('appinstalled', () => {
    offered = undefined;
  });
};

/** How to take the browser's offer, if it has made one. */
export const offerInstall = (): (() => void) | undefined => {
  const event = offered;
  const prompt: unknown = event && Reflect.get(event, 'prompt');
  if (!event || typeof prompt !== 'function') return undefined;
  return () => {
    Reflect.apply(prompt, event, []);
    offered = undefined;
  };
};
