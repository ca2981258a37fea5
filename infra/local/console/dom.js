/**
 * Everything from outside goes into the page as text: nothing here or elsewhere in the console writes HTML.
 * @typedef {Node | string} Child
 * @typedef {Record<string, string | boolean | undefined>} Attributes
 */

const svgNamespace = 'http://www.w3.org/2000/svg';

/** @param {Element} element @param {Attributes} attributes */
const setAttributes = (element, attributes) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '');
    else if (typeof value === 'string') element.setAttribute(name, value);
  }
};

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {Child[]} children
 */
export const element = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  setAttributes(made, attributes);
  made.append(...children);
  return made;
};

/**
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {Child[]} children
 */
export const svg = (tag, attributes = {}, ...children) => {
  const made = document.createElementNS(svgNamespace, tag);
  setAttributes(made, attributes);
  made.append(...children);
  return made;
};

/**
 * The element of the page with this id.
 * @template {Element} Kind
 * @param {string} id
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
export const byId = (id, kind) => {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`the page has no ${kind.name} ${id}`);
};

/**
 * Shows items as children of a list without touching those that stand there already, so that what is unfolded,
 * scrolled or focused stays so.
 * @template Item
 * @param {Element} list
 * @param {readonly Item[]} items
 * @param {(item: Item) => string} keyOf also says when an item has changed: with its key, it is made anew
 * @param {(item: Item) => Element} make
 * @returns {boolean} whether anything changed
 */
export const showList = (list, items, keyOf, make) => {
  const standing = new Map(Array.from(list.children, (child) => [child.getAttribute('data-key'), child]));
  let changed = false;
  let next = list.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    let child = standing.get(key);
    if (child === undefined) {
      child = make(item);
      child.setAttribute('data-key', key);
    } else standing.delete(key);
    if (child === next) next = next.nextElementSibling;
    else {
      list.insertBefore(child, next);
      changed = true;
    }
  }
  for (const gone of standing.values()) {
    gone.remove();
    changed = true;
  }
  return changed;
};

/**
 * Text in which addresses of this stack, such as a family's or an officer's page, can be followed. Others stay text.
 * @param {string} text
 * @returns {Child[]}
 */
export const linked = (text) =>
  text.split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])/).map((part, index) => {
    if (index % 2 === 0 || !URL.canParse(part)) return part;
    const { protocol, port, hostname, pathname, search, hash } = new URL(part);
    const isHere = protocol === 'http:' && hostname === '127.0.0.1' && port === location.port;
    if (!isHere) return part;
    return element('a', { href: `${pathname}${search}${hash}`, target: '_blank', rel: 'noopener' }, part);
  });
