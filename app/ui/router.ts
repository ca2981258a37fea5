import { type Child, fillWith, h } from './dom.ts';

/** What a screen shows. */
export type View = {
  readonly title: string;
  readonly body: Child;
  /** Called when another screen takes its place. */
  readonly leave?: () => void;
  /** Without the bar on top, as something else than what it is. */
  readonly disguised?: boolean;
};

/** Makes its view anew for each showing, in the language of that moment. */
export type Screen = () => View;

export type Bar = {
  readonly back: string;
  readonly product: string;
  /** What stands at its end: the other language, reading aloud. */
  readonly tools: () => Child;
};

export type Router = {
  /** Opens a screen on top of this one. */
  readonly open: (screen: Screen) => void;
  /** Forgets all screens: nothing leads back to what was typed. */
  readonly reset: (screen: Screen) => void;
  readonly back: (screens?: number) => void;
  /** Shows the same screen again, with what was typed: another language, another state. */
  readonly again: () => void;
};

type Typed = Map<string, string | boolean>;
type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const fields = (root: Element): Field[] =>
  Array.from(root.querySelectorAll<Field>('input[id],select[id],textarea[id]'));

const isChoice = (field: Field): field is HTMLInputElement =>
  field instanceof HTMLInputElement && (field.type === 'radio' || field.type === 'checkbox');

const typedIn = (root: Element): Typed =>
  new Map(fields(root).map((field) => [field.id, isChoice(field) ? field.checked : field.value]));

const typeAgain = (root: Element, typed: Typed): void => {
  for (const field of fields(root)) {
    const value = typed.get(field.id);
    if (isChoice(field) && typeof value === 'boolean') field.checked = value;
    else if (typeof value === 'string') field.value = value;
  }
};

/** Puts a view on the page. @param back where the bar leads, if anywhere */
const drawn = (root: HTMLElement, { title, body, disguised }: View, bar: Bar, back: (() => void) | undefined): void => {
  document.title = disguised === true ? title : bar.product;
  root.className = disguised === true ? 'disguised' : '';
  if (disguised === true) {
    fillWith(root, h('main', {}, body));
    return;
  }
  fillWith(
    root,
    h(
      'header',
      {},
      back && h('button', { type: 'button', class: 'bar back', click: back }, bar.back),
      h('div', { class: 'tools' }, bar.tools()),
    ),
    h('main', {}, h('h1', { id: 'title', tabindex: -1 }, title), body),
  );
};

/**
 * Screens on top of each other. The browser's history holds their number only: its back button works, and nothing that
 * a person typed or saw stays in it.
 */
export const createRouter = (root: HTMLElement, bar: () => Bar): Router => {
  let screens: Screen[] = [];
  let shown: View | undefined;

  const show = (moveFocus: boolean): void => {
    const screen = screens[screens.length - 1];
    if (!screen) return;
    shown?.leave?.();
    shown = screen();
    drawn(root, shown, bar(), screens.length > 1 ? goBack : undefined);
    if (!moveFocus) return;
    window.scrollTo(0, 0);
    document.getElementById('title')?.focus();
  };

  const goBack = (): void => back();
  function back(count = 1): void {
    history.go(-count);
  }

  /** How many answers of the browser to our own going back are still to come. */
  let ownSteps = 0;
  window.addEventListener('popstate', (event) => {
    if (ownSteps > 0) {
      ownSteps -= 1;
      return;
    }
    const depth: unknown = event.state;
    // A number from before a reload, or from screens that are gone: the first one stands for it.
    const wanted = typeof depth === 'number' ? depth : 0;
    if (wanted >= screens.length) history.replaceState(screens.length - 1, '');
    else screens = screens.slice(0, wanted + 1);
    show(true);
  });

  return {
    open: (screen) => {
      screens.push(screen);
      history.pushState(screens.length - 1, '');
      show(true);
    },
    reset: (screen) => {
      const depth = screens.length - 1;
      screens = [screen];
      if (depth > 0) {
        ownSteps += 1;
        history.go(-depth);
      } else history.replaceState(0, '', '/');
      show(true);
    },
    back,
    again: () => {
      const typed = typedIn(root);
      const focused = document.activeElement?.id ?? '';
      show(false);
      typeAgain(root, typed);
      if (focused !== '') document.getElementById(focused)?.focus();
    },
  };
};
