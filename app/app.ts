import type { AppWords } from '../shared/words/app-words.ts';
import type { Reply } from './phone/http.ts';
import type { Phone } from './phone/phone.ts';
import type { Place } from './phone/place.ts';
import type { Line, Settings } from './phone/settings.ts';
import type { Queue } from './queue/queue.ts';
import { refusalText } from './refusal.ts';
import type { Router } from './ui/router.ts';

/** What every screen works with. */
export type App = {
  readonly settings: Settings;
  readonly router: Router;
  readonly queue: Queue;
  readonly place: Place;
  /** In the language of the moment. */
  readonly words: () => AppWords;
  readonly phone: () => Phone;
  /** False once the service has said that it does not know this phone any more. */
  readonly isKnown: () => boolean;
  readonly setPhone: (change: Partial<Phone>) => Promise<void>;
  /** Asks the service as this phone. */
  readonly ask: (method: 'GET' | 'POST', path: string, body?: object) => Promise<Reply>;
  /** The first screen of a phone as it is now, with nothing behind it. */
  readonly goHome: () => void;
  /** The button, whatever the first screen is. */
  readonly goToButton: () => void;
  /** Forgets everything, and the service's files aside nothing is left. */
  readonly erase: () => Promise<void>;
};

/** Whom a person may be given to call: never the desk without their consent. */
export const lineToCall = ({ settings, phone }: App): Line | undefined =>
  phone().consent ? settings.desk : settings.legalHelp;

/** What went wrong, in words, unless the screen knows better. */
export const problemText = (app: App, reply: Exclude<Reply, { kind: 'ok' }>): string =>
  reply.kind === 'lost' ? app.words().problems.lost : refusalText(app.words(), reply.status, reply.reason);
