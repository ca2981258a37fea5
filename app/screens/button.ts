import type { App } from '../app.ts';
import { batteryPercent } from '../phone/battery.ts';
import { fillWith, h } from '../ui/dom.ts';
import { pressButton } from '../ui/press-button.ts';
import type { View } from '../ui/router.ts';
import { afterScreen } from './after.ts';
import { checkInsScreen } from './check-ins.ts';
import { contactsScreen } from './contacts.ts';
import { pressNow } from './drill.ts';
import { openPress } from './open-press.ts';
import { recoverScreen } from './recover.ts';
import { rightsScreen } from './rights.ts';
import { settingsScreen } from './settings/settings.ts';

/** The button, and what else there is. */
export const buttonScreen = (app: App) => (): View => {
  const { press, menu, looks, start } = app.words();
  // Looked for from now on, so that it is known when the hold ends.
  app.place.watch();
  const button = pressButton({
    mode: app.phone().press,
    words: press,
    vibrates: app.phone().look === 'button',
    prepare: app.queue.prepare,
    press: () => {
      void pressNow(app, false, batteryPercent()).then((alertId) => {
        // The request goes first: drawing a screen takes a slow phone longer than sending one.
        setTimeout(() => app.router.open(afterScreen(app, alertId)), 50);
        return alertId;
      });
    },
  });
  const open = (screen: () => View) => (): void => app.router.open(screen);

  // Changed in place: a button that is being held must stay where it is.
  const notice = h('div', {});
  let shown = '';
  const show = (): void => {
    const current = openPress(app);
    const next = `${app.isKnown()} ${current?.alertId}`;
    if (next === shown) return;
    shown = next;
    fillWith(
      notice,
      !app.isKnown() && [
        h('p', { class: 'note', role: 'alert' }, press.unknownPhone),
        h('button', { type: 'button', click: open(recoverScreen(app)) }, start.recover),
      ],
      current && [
        h('p', { class: 'note' }, press.inProgress),
        h('button', { type: 'button', click: open(afterScreen(app, current.alertId)) }, press.see),
      ],
    );
  };
  show();
  const stopListening = app.queue.onChange(show);
  return {
    title: looks.button.name,
    body: [
      notice,
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
    leave: () => {
      stopListening();
      button.stop();
      // The battery is for the hours after a press.
      if (!openPress(app)) app.place.stop();
    },
  };
};
