import type { Language } from '../../shared/domain/vocabulary.ts';
import { type Advice, personAdviceIds, withoutConsulates } from '../../shared/words/rights-words.ts';
import type { App } from '../app.ts';
import { type Child, h } from '../ui/dom.ts';
import type { View } from '../ui/router.ts';
import { rightsWords } from '../words.ts';

const adviceFor = ({ language, consent }: { readonly language: Language; readonly consent: boolean }): Advice[] =>
  personAdviceIds
    .map((id) => ({ id, ...rightsWords[language].person[id] }))
    .map((advice) => (consent ? advice : withoutConsulates(advice)))
    .filter((advice) => advice !== undefined);

/** The words to show to an agent, in English whatever the person reads. */
export const agentCard = (app: App): Child =>
  h(
    'section',
    { class: 'agent', lang: 'en', 'aria-label': 'Card for officers' },
    adviceFor({ language: 'en', consent: app.phone().consent }).map(
      ({ sayInEnglish }) => sayInEnglish !== undefined && h('p', {}, sayInEnglish),
    ),
  );

/** What to do and say, without a network. */
export const rightsScreen = (app: App) => (): View => {
  const words = app.words();
  const { language } = app.phone();
  return {
    title: words.menu.rights,
    body: [
      h('p', { class: 'soft' }, rightsWords[language].notice),
      adviceFor(app.phone()).map(({ text, say }) => [
        h('p', {}, text),
        say !== undefined && h('p', { class: 'quote' }, `${words.rights.sayIt}: “${say}”`),
      ]),
      h('h2', {}, words.rights.card),
      h('p', { class: 'soft' }, words.rights.cardHint),
      agentCard(app),
      h('button', { type: 'button', class: 'no-print', click: () => window.print() }, words.print),
    ],
  };
};
