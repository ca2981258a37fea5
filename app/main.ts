import type { AppWords } from '../shared/words/app-words.ts';
import type { App } from './app.ts';
import { watchBattery } from './phone/battery.ts';
import { followPresses } from './phone/follow.ts';
import { ask } from './phone/http.ts';
import { isInstalled, isIphone, keepInstallOffer } from './phone/install.ts';
import { eraseKept } from './phone/kept.ts';
import { phoneQueue } from './phone/outbox.ts';
import { type Phone, changePhone, readPhone } from './phone/phone.ts';
import { createPlace } from './phone/place.ts';
import { readSettings } from './phone/settings.ts';
import { beQuiet, canSpeak, isSpeaking, speak } from './phone/speech.ts';
import { keepInTouch } from './phone/wake.ts';
import { afterScreen } from './screens/after.ts';
import { buttonScreen } from './screens/button.ts';
import { calculatorScreen } from './screens/calculator.ts';
import { codeScreen } from './screens/code.ts';
import { installFirstScreen } from './screens/install.ts';
import { findOpenAlerts, openPress } from './screens/open-press.ts';
import { startScreen } from './screens/start.ts';
import { type Child, h } from './ui/dom.ts';
import { showLook } from './ui/look.ts';
import { createRouter } from './ui/router.ts';
import { appWords, otherThan } from './words.ts';

const root = document.getElementById('app');
if (!root) throw new Error('The shell has no place for the app.');

/** What a link brought: `#r=` a workshop's code, `#c=` one of another phone. Gone from the address at once. */
const brought = new URLSearchParams(location.hash.slice(1));
const wantsCalculator = new URLSearchParams(location.search).get('as') === 'calculator';
history.replaceState(0, '', '/');

keepInstallOffer();
let phone: Phone = { language: 'es', press: 'hold', look: 'button', consent: false };
const queue = phoneQueue(async () => phone.token);
[phone] = await Promise.all([readPhone(), queue.refresh()]);
const words = (): AppWords => appWords[phone.language];

const showPhone = (): void => {
  document.documentElement.lang = phone.language;
  showLook(phone.look, phone.language);
};
const setPhone: App['setPhone'] = async (change) => {
  phone = { ...phone, ...change };
  if (change.token !== undefined) isKnown = true;
  showPhone();
  await changePhone(change);
};
if (wantsCalculator && phone.look !== 'calculator') await setPhone({ look: 'calculator' });
showPhone();

const switchLanguage = (): void => {
  beQuiet();
  void setPhone({ language: otherThan(phone.language) });
  router.again();
};
const readAloud = (): void => {
  if (isSpeaking()) beQuiet();
  else speak(document.querySelector('main')?.innerText ?? '', phone.language);
};
const tools = (): Child => {
  const { bar, register } = words();
  const other = otherThan(phone.language);
  return [
    canSpeak() && h('button', { type: 'button', class: 'bar', click: readAloud }, bar.listen),
    h('button', { type: 'button', class: 'bar', lang: other, click: switchLanguage }, register.language.names[other]),
  ];
};

const router = createRouter(root, () => ({ back: words().bar.back, product: words().looks[phone.look].name, tools }));
let isKnown = true;
const workshopCode = brought.get('r') ?? '';
const phoneCode = brought.get('c');
const startOrInstall = (): void => {
  const start = startScreen(app, workshopCode);
  if (!isIphone() || isInstalled()) {
    router.reset(start);
    if (phoneCode !== null) router.open(codeScreen(app, phoneCode));
  } else router.reset(installFirstScreen(app, phoneCode ?? workshopCode, () => router.open(start)));
};
/** What a disguise hides, and the first screen of a phone without one. */
const reveal = (): void => {
  const press = openPress(app);
  if (phone.token === undefined) startOrInstall();
  else if (press) router.reset(afterScreen(app, press.alertId));
  else router.reset(buttonScreen(app));
};

const app: App = {
  settings: readSettings(),
  router,
  queue,
  place: createPlace(),
  words,
  phone: () => phone,
  isKnown: () => isKnown,
  setPhone,
  ask: async (method, path, body) => ask(method, path, { token: phone.token, ...(body && { body }) }),
  goHome: () => {
    if (phone.look === 'calculator') router.reset(calculatorScreen(app, reveal));
    else reveal();
  },
  goToButton: () => router.reset(buttonScreen(app)),
  erase: async () => {
    await eraseKept();
    location.replace('/');
  },
};

app.goHome();

// A link that was opened while the app is open.
window.addEventListener('hashchange', () => location.reload());

followPresses(queue, app.place);
keepInTouch(queue);
void watchBattery();
const checkPhone = async (): Promise<void> => {
  isKnown = await findOpenAlerts(app);
  // Whoever shows something of it hears of it.
  await queue.refresh();
};
if (phone.token !== undefined) void checkPhone();
