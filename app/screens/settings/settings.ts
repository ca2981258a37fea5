import type { App } from '../../app.ts';
import { h } from '../../ui/dom.ts';
import { showLook } from '../../ui/look.ts';
import type { Screen, View } from '../../ui/router.ts';
import { drillPanel } from '../drill.ts';
import { installSteps, lookChoice } from '../install.ts';
import { pressChoice } from '../last.ts';
import { cardsScreen } from './cards.ts';
import {
  consentScreen,
  homeScreen,
  lawyerScreen,
  locatorScreen,
  nameScreen,
  ownPhoneScreen,
  shareScreen,
  urgentScreen,
} from './person.ts';
import { phonesScreen } from './phones.ts';
import { duressScreen, eraseScreen, pinScreen } from './secrets.ts';

const pressScreen = (app: App) => (): View => ({
  title: app.words().settings.press,
  body: pressChoice(app, undefined),
});

const drillScreen = (app: App) => (): View => {
  const { settings, last } = app.words();
  const drill = drillPanel(app);
  return { title: settings.drill, body: [h('p', {}, last.drillHint), drill.element], leave: drill.leave };
};

const lookScreen = (app: App) => (): View => {
  const { settings } = app.words();
  const choice = lookChoice(app, (look) => {
    void app.setPhone({ look });
    showLook(look, app.phone().language);
  });
  return { title: settings.look, body: [choice, h('p', { class: 'soft' }, settings.lookHint), installSteps(app)] };
};

/** Everything that can be changed, each on a page of its own. */
export const settingsScreen = (app: App) => (): View => {
  const { settings, menu } = app.words();
  const pages: readonly (readonly [string, (app: App) => Screen])[] = [
    [settings.press, pressScreen],
    [settings.drill, drillScreen],
    [settings.cards, cardsScreen],
    [settings.person, nameScreen],
    [settings.ownPhone, ownPhoneScreen],
    [settings.home, homeScreen],
    [settings.locator, locatorScreen],
    [settings.urgent, urgentScreen],
    [settings.lawyer, lawyerScreen],
    [settings.share, shareScreen],
    [settings.consent, consentScreen],
    [settings.pin, pinScreen],
    [settings.duress, duressScreen],
    [settings.phones, phonesScreen],
    [settings.look, lookScreen],
    [settings.eraseAll, eraseScreen],
  ];
  return {
    title: menu.settings,
    body: h(
      'nav',
      { 'aria-label': menu.settings, class: 'list' },
      pages.map(([title, screen]) => h('button', { type: 'button', click: () => app.router.open(screen(app)) }, title)),
    ),
  };
};
