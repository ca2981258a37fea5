import type { App } from '../app.ts';
import { h } from '../ui/dom.ts';
import type { View } from '../ui/router.ts';
import { codeScreen } from './code.ts';
import { recoverScreen } from './recover.ts';
import { beginRegistration } from './register/register.ts';

/** The first screen of a phone that has no button yet. @param workshop code that a link brought */
export const startScreen = (app: App, workshop: string) => (): View => {
  const { start, looks } = app.words();
  return {
    title: looks.button.name,
    body: [
      h('p', { class: 'lead' }, start.intro),
      h('button', { type: 'button', class: 'main', click: () => beginRegistration(app, workshop) }, start.create),
      h('button', { type: 'button', click: () => app.router.open(codeScreen(app)) }, start.code),
      h('button', { type: 'button', click: () => app.router.open(recoverScreen(app)) }, start.recover),
    ],
  };
};
