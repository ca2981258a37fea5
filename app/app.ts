import type { AppWords } from '../shared/words/es/app.ts';
import type { Phone } from './phone/phone.ts';
import type { Settings } from './phone/settings.ts';
import type { Router } from './ui/router.ts';

/** What every screen works with. */
export type App = {
  readonly settings: Settings;
  readonly router: Router;
  /** In the language of the moment. */
  readonly words: () => AppWords;
  readonly phone: () => Phone;
  readonly setPhone: (change: Partial<Phone>) => Promise<void>;
};
