import { fill } from '../../shared/words/fill.ts';
import type { App } from '../app.ts';
import type { Look } from '../manifests.ts';
import { type Child, fillWith, h } from '../ui/dom.ts';
import { radios } from '../ui/form.ts';
import type { View } from '../ui/router.ts';
import { isInstalled, isIphone, offerInstall } from '../phone/install.ts';
import { showLook } from '../ui/look.ts';

/** How this phone installs the app: by a button where the browser has one, else in words. */
export const installSteps = (app: App): Child => {
  const { install } = app.words();
  if (isInstalled()) return h('p', {}, install.installed);
  const place = h('div', {});
  const inWords = (): void => {
    fillWith(
      place,
      h(
        'ol',
        {},
        (isIphone() ? install.iphone : install.android).map((step) => h('li', {}, step)),
      ),
    );
  };
  const offer = offerInstall();
  if (offer) fillWith(place, h('button', { type: 'button', click: offer }, install.button));
  else inWords();
  return place;
};

/** Which name and icon it is installed under. */
export const lookChoice = (app: App, onChange: (look: Look) => void): Child => {
  const { install, looks } = app.words();
  const hint = h('p', { class: 'soft', hidden: app.phone().look !== 'calculator' }, install.calculatorOpens);
  const choice = radios(
    'look',
    install.look,
    (['button', 'calculator'] as const).map((value) => ({ value, label: looks[value].name })),
    app.phone().look,
    (value) => {
      const look = value === 'calculator' ? 'calculator' : 'button';
      hint.hidden = look !== 'calculator';
      onChange(look);
    },
  );
  return [choice.element, hint];
};

/**
 * In a tab on an iPhone: installing comes first, as an installed app starts empty.
 * @param code of the workshop: it does not travel into the installed app by itself
 */
export const installFirstScreen = (app: App, code: string, skip: () => void) => (): View => {
  const { install } = app.words();
  return {
    title: install.title,
    body: [
      h('p', {}, install.iphoneFirst),
      // This tab stays as it is: only what gets installed looks otherwise.
      lookChoice(app, (look) => showLook(look, app.phone().language)),
      installSteps(app),
      code !== '' && h('p', { class: 'quote' }, fill(install.code, { code })),
      h('button', { type: 'button', click: skip }, install.skip),
    ],
  };
};
