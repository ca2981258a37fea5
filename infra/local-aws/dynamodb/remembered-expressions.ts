import type { AttributeValue } from 'dynalite/db/index.js';
import conditions from 'dynalite/db/conditionParser.js';
import type { Expressions } from 'dynalite/db/conditionParser.js';
import projections from 'dynalite/db/projectionParser.js';
import updates from 'dynalite/db/updateParser.js';

/*
 * dynalite parses the expressions of every request anew, which takes more time than all else that it does, and a program
 * sends the same few again and again, with other values.
 */

/** In the place of a value. */
class Placeholder {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

type Known = { readonly parsed: unknown; readonly names: readonly string[]; readonly values: readonly string[] };

/** More than a program has. */
const most = 2000;

/** These look at values, where all others look at their types alone. */
const looksAtValues = /between|attribute_type/i;

/** A copy, for a request changes what it was parsed to, with leaves changed. */
const copy = (node: unknown, leaf: (node: object) => unknown): unknown => {
  if (typeof node !== 'object' || node === null) return node;
  const other = leaf(node);
  if (other !== undefined) return other;
  if (Array.isArray(node)) return node.map((each) => copy(each, leaf));
  const members = Object.entries(node).map(([name, value]) => [name, copy(value, leaf)] as const);
  return Object.assign(Object.create(null), Object.fromEntries(members));
};

const typesOf = (values: Readonly<Record<string, AttributeValue>>) =>
  Object.entries(values).map(([name, value]) => [name, ...Object.keys(value)]);

const remember = (parser: Expressions): void => {
  const { parse } = parser;
  const remembered = new Map<string, Known>();
  parser.parse = (text, { context }) => {
    const { attrNames = {}, attrVals = {}, unusedAttrNames, unusedAttrVals } = context;
    if (looksAtValues.test(text)) return parse(text, { context });
    const key = JSON.stringify([text, attrNames, typesOf(attrVals), context.isKeyCondition]);
    const known = remembered.get(key);
    if (known) {
      for (const name of known.names) delete unusedAttrNames[name];
      for (const name of known.values) delete unusedAttrVals[name];
      return copy(known.parsed, (node) => (node instanceof Placeholder ? attrVals[node.name] : undefined));
    }
    const unused = { unusedAttrNames: { ...attrNames }, unusedAttrVals: { ...attrVals } };
    const parsed = parse(text, { context: { ...context, ...unused } });
    const names = Object.keys(attrNames).filter((name) => !(name in unused.unusedAttrNames));
    const values = Object.keys(attrVals).filter((name) => !(name in unused.unusedAttrVals));
    for (const name of names) delete unusedAttrNames[name];
    for (const name of values) delete unusedAttrVals[name];
    const nameOf = new Map<object, string>(Object.entries(attrVals).map(([name, value]) => [value, name]));
    // What is wrong is said in a text, which may quote a value.
    if (typeof parsed === 'string') return parsed;
    if (remembered.size >= most) remembered.clear();
    const placeholder = (node: object) => {
      const name = nameOf.get(node);
      return name === undefined ? undefined : new Placeholder(name);
    };
    remembered.set(key, { parsed: copy(parsed, placeholder), names, values });
    return parsed;
  };
};

/** Lets dynalite remember what it parsed. */
export const rememberExpressions = (): void => {
  for (const parser of [conditions, updates, projections]) remember(parser);
};
