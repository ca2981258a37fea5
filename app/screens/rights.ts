import type { Language } from '../../shared/domain/vocabulary.ts';
import type { Advice } from '../../shared/words/rights-words.ts';
import { personAdviceIds } from '../../shared/words/rights-words.ts';
import type { App } from '../app.ts';
import type { Child } from '../ui/dom.ts';
import { h } from '../ui/dom.ts';
import type { View } from '../ui/router.ts';
import { rightsWords } from '../words.ts';

/** Sentences that name a consulate are only for those who authorised that contact. */
const sentenceOfConsulates = /[^.]*consul[^.]*(?:\.|$)\s*/gi;

/** What to do, as far as it may be shown: undefined if nothing is left. */
const shown = (advice: Advice, consent: boolean): Advice | undefined => {
  if (consent) return advice;
  if (/consul/i.test(advice.sayInEnglish ?? '')) return undefined;
  const text = advice.text.replace(sentenceOfConsulates, '').trim();
  return text === '' ? undefined : { ...advice, text };
};

const adviceFor = ({ language, consent }: { readonly language: Language; readonly consent: boolean }): Advice[] =>
  personAdviceIds
    .filter((id) => consent || id !== 'consulate-is-your-choice')
    .map((id) => shown(rightsWords[language].person[id], consent))
    .filter((advice): advice is Advice => advice !== undefined);

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
