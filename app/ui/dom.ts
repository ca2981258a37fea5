/** What an element is made of. Nothing is no child, so that a condition can stand in a list. */
export type Child = Node | string | false | undefined | readonly Child[];

type Handler = (event: Event) => unknown;
type Attributes = Readonly<Record<string, string | number | boolean | undefined | Handler>>;

const append = (parent: Node, child: Child): void => {
  if (child === false || child === undefined) return;
  if (typeof child === 'string') parent.appendChild(document.createTextNode(child));
  else if (child instanceof Node) parent.appendChild(child);
  else for (const each of child) append(parent, each);
};

/**
 * Makes an element. An attribute that is `true` stands without a value, one that is `false` or undefined is left out,
 * a function listens to the event of that name. Never parses HTML.
 */
export const h = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name, value);
    else if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : String(value));
  }
  append(made, children);
  return made;
};

/** Puts children in the place of what an element holds. */
export const fillWith = (parent: Element, ...children: Child[]): void => {
  parent.replaceChildren();
  append(parent, children);
};

/**
 * As {@link fillWith}, unless it would look the same: what has the focus keeps it, and a screen reader says nothing
 * twice.
 */
export const fillIfNew = (parent: Element, ...children: Child[]): void => {
  const made = h('div', {}, children);
  if (made.innerHTML !== parent.innerHTML) fillWith(parent, Array.from(made.childNodes));
};
