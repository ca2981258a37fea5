import { fill } from '../../shared/words/fill.ts';
import type { App } from '../app.ts';
import { type Child, fillWith, h } from '../ui/dom.ts';
import { radios } from '../ui/form.ts';
import type { View } from '../ui/router.ts';
import { missingContacts, readContacts } from './contact-status.ts';
import { drillPanel } from './drill.ts';
import { installSteps } from './install.ts';

/** How the button is pressed: kept at once. */
export const pressChoice = (app: App, legend: string | undefined): Child => {
  const { press } = app.words();
  return radios(
    'press',
    legend,
    [
      { value: 'hold', label: press.hold },
      { value: 'tap', label: press.tap },
    ],
    app.phone().press,
    (value) => void app.setPhone({ press: value === 'tap' ? 'tap' : 'hold' }),
  ).element;
};

const refreshMs = 5000;

/** Who is not reached yet, and why: asked again while the page is open. */
const missing = (app: App): { readonly element: Child; readonly leave: () => void } => {
  const place = h('div', {});
  const refresh = async (): Promise<void> => {
    const contacts = await readContacts(app);
    if (contacts) fillWith(place, missingContacts(app, contacts));
  };
  void refresh();
  const timer = setInterval(() => void refresh(), refreshMs);
  return { element: place, leave: () => clearInterval(timer) };
};

/** What the service says once, when a phone becomes one of a family. */
export type Joined = {
  readonly recoveryCode?: string | undefined;
  /** The office nearest to the home: by it, a wrong home is noticed. */
  readonly office?: string | undefined;
};

/** The end of a registration or a recovery. */
export const lastScreen =
  (app: App, { recoveryCode, office }: Joined) =>
  (): View => {
    const words = app.words();
    const { last } = words;
    const contacts = missing(app);
    const drill = drillPanel(app);
    return {
      title: last.title,
      body: [
        recoveryCode !== undefined && [
          h('h2', {}, last.recovery),
          h('p', { class: 'code' }, recoveryCode),
          h('p', {}, last.recoveryHint),
        ],
        h('h2', {}, last.contacts),
        contacts.element,
        office !== undefined && h('p', {}, fill(last.office, { office })),
        pressChoice(app, last.press),
        h('h2', {}, last.drill),
        h('p', {}, last.drillHint),
        drill.element,
        h('h2', {}, last.install),
        installSteps(app),
        h('button', { type: 'button', class: 'main', click: app.goToButton }, words.done),
      ],
      leave: () => {
        contacts.leave();
        drill.leave();
      },
    };
  };
