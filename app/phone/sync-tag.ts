/** Name of the browser's own retry, where it has one: asked for by the page, answered by the service worker. */
export const syncTag = 'alert-button-queue';

/** On which tabs and the worker tell each other that what is kept has changed. */
export const channelName = 'alert-button';
