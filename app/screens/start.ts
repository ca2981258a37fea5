import type { App } from '../app.ts';
import { h } from '../ui/dom.ts';
import type { View } from '../ui/router.ts';

/** The first screen of a phone that has no button yet. */
export const startScreen = (app: App) => (): View => {
  const { start, looks } = app.words();
  return {
    title: looks.button.name,
    body: [
      h('p', {}, start.intro),
      h('button', { type: 'button', class: 'main' }, start.create),
      h('button', { type: 'button' }, start.code),
      h('button', { type: 'button' }, start.recover),
    ],
  };
};
