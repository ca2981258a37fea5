import { fill } from '../../../shared/words/fill.ts';
import type { App } from '../../app.ts';
import { type Child, h } from '../../ui/dom.ts';
import { form } from '../../ui/form.ts';
import type { View } from '../../ui/router.ts';
import type { Draft } from './draft.ts';

/** One page: one question. */
export type Page = {
  readonly title: string;
  readonly body: Child;
  /** Takes what was typed into the draft; a text is what keeps it from going on, '' if that is marked already. */
  readonly take: () => string | undefined;
  readonly leave?: () => void;
};

/** Makes a page anew for each showing. */
export type PageMaker = {
  readonly make: (app: App, draft: Draft) => Page;
  /** Fields of the request that are asked here, as the service names them. */
  readonly fields: RegExp;
};

export type Flow = {
  readonly app: App;
  readonly draft: Draft;
  readonly pages: readonly PageMaker[];
  /** What the service did not accept, said on the page that asks for it. */
  complaint: { readonly page: number; readonly text: string } | undefined;
  /** After the last page. */
  readonly finish: (flow: Flow) => Promise<string | undefined>;
};

/** One page of the flow, with its progress. */
export const pageScreen = (flow: Flow, index: number) => (): View => {
  const { app, draft, pages } = flow;
  const words = app.words();
  const maker = pages[index];
  if (!maker) throw new Error('no such page');
  const page = maker.make(app, draft);
  const step = fill(words.register.progress, { step: String(index + 1), steps: String(pages.length) });
  const body = form(page.body, { label: words.next, wait: words.wait }, () => {
    const problem = page.take();
    if (problem !== undefined) return problem;
    if (index + 1 === pages.length) return flow.finish(flow);
    app.router.open(pageScreen(flow, index + 1));
    return undefined;
  });
  if (flow.complaint?.page === index) {
    const { text } = flow.complaint;
    flow.complaint = undefined;
    // Once the router has put the page in place: a text that is there from the start is not read aloud.
    setTimeout(() => body.say(text));
  }
  return {
    title: page.title,
    body: [
      h('p', { class: 'soft' }, step),
      h('progress', { max: pages.length, value: index + 1, 'aria-label': step }),
      body.element,
    ],
    ...(page.leave && { leave: page.leave }),
  };
};
