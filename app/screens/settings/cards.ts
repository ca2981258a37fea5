import { fill } from '../../../shared/words/fill.ts';
import { type App, lineToCall } from '../../app.ts';
import { type Child, h } from '../../ui/dom.ts';
import type { View } from '../../ui/router.ts';
import { agentCard } from '../rights.ts';

const paperCard = (app: App): Child => {
  const { paper } = app.words();
  const line = lineToCall(app);
  return h(
    'div',
    { class: 'paper' },
    h('h2', {}, paper.title),
    h(
      'ol',
      {},
      paper.steps.map((step) => h('li', {}, step)),
    ),
    h('p', {}, paper.number, h('span', { class: 'blank' })),
    h('p', {}, paper.lawyer, h('span', { class: 'blank' })),
    line && h('p', {}, h('strong', {}, fill(paper.call, line))),
  );
};

/** One page to print: two cards for the pocket, and what to show at the door. */
export const cardsScreen = (app: App) => (): View => {
  const words = app.words();
  return {
    title: words.settings.cards,
    body: [
      h('button', { type: 'button', class: 'main no-print', click: () => window.print() }, words.print),
      h('div', { class: 'cards' }, paperCard(app), paperCard(app)),
      h('h2', {}, words.rights.card),
      agentCard(app),
    ],
  };
};
