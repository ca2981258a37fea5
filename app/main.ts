import { englishApp } from '../shared/words/en/app.ts';
import type { AppWords } from '../shared/words/es/app.ts';
import { spanishApp } from '../shared/words/es/app.ts';
import type { App } from './app.ts';
import { changePhone, readPhone } from './phone/phone.ts';
import { readSettings } from './phone/settings.ts';
import { startScreen } from './screens/start.ts';
import { h } from './ui/dom.ts';
import { createRouter } from './ui/router.ts';

const languages: Readonly<Record<'es' | 'en', AppWords>> = { es: spanishApp, en: englishApp };

const root = document.getElementById('app');
if (!root) throw new Error('The shell has no place for the app.');

let phone = await readPhone();
const words = (): AppWords => languages[phone.language];

const setPhone: App['setPhone'] = async (change) => {
  phone = { ...phone, ...change };
  document.documentElement.lang = phone.language;
  await changePhone(change);
};

const switchLanguage = (): void => {
  void setPhone({ language: phone.language === 'es' ? 'en' : 'es' });
  router.again();
};

const router = createRouter(root, () => ({
  back: words().bar.back,
  product: words().looks[phone.look].name,
  tools: () =>
    h(
      'button',
      { type: 'button', class: 'bar', lang: phone.language === 'es' ? 'en' : 'es', click: switchLanguage },
      words().bar.otherLanguage,
    ),
}));

const app: App = { settings: readSettings(), router, words, phone: () => phone, setPhone };
document.documentElement.lang = phone.language;
router.reset(startScreen(app));

if ('serviceWorker' in navigator) {
  void navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' });
}
