import type { App } from '../app.ts';
import { batteryPercent } from '../phone/battery.ts';
import { h } from '../ui/dom.ts';
import { pressButton } from '../ui/press-button.ts';
import type { View } from '../ui/router.ts';
import { afterScreen } from './after.ts';
import { checkInsScreen } from './check-ins.ts';
import { contactsScreen } from './contacts.ts';
import { pressNow } from './drill.ts';
import { openPress } from './open-press.ts';
import { rightsScreen } from './rights.ts';
import { settingsScreen } from './settings/settings.ts';

/** The button, and what else there is. */
export const buttonScreen = (app: App) => (): View => {
  const { press, menu, looks } = app.words();
  // Looked for from now on, so that it is known when the hold ends.
  app.place.watch();
  const current = openPress(app);
  const button = pressButton({
    mode: app.phone().press,
    words: press,
    vibrates: app.phone().look === 'button',
    press: () => {
      void pressNow(app, false, batteryPercent()).then((alertId) => app.router.open(afterScreen(app, alertId)));
    },
  });
  const open = (screen: () => View) => (): void => app.router.open(screen);
  return {
    title: looks.button.name,
    body: [
      current && [
        h('p', { class: 'note' }, press.inProgress),
        h('button', { type: 'button', click: open(afterScreen(app, current.alertId)) }, press.see),
      ],
      h('div', { class: 'press' }, button.element),
      h(
        'nav',
        { 'aria-label': menu.name, class: 'menu' },
        h('button', { type: 'button', click: open(checkInsScreen(app)) }, menu.checkIns),
        h('button', { type: 'button', click: open(contactsScreen(app)) }, menu.contacts),
        h('button', { type: 'button', click: open(rightsScreen(app)) }, menu.rights),
        h('button', { type: 'button', click: open(settingsScreen(app)) }, menu.settings),
      ),
    ],
    leave: button.stop,
  };
};
