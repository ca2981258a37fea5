import { parseSync } from 'oxc-parser';

/** A small change of a rule. `from` and `to` are source text, `start` and `end` where in the file `from` stands. */
export type Mutant = {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly from: string;
  readonly to: string;
  /** A statement is skipped, an expression has another one in its place. */
  readonly kind: 'statement' | 'block' | 'expression';
  /** Whether it is in a loop, which may go round without end because of it. */
  readonly inLoop: boolean;
};

type Node = { readonly type: string; readonly start: number; readonly end: number; readonly [key: string]: unknown };

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && 'start' in value && typeof value.type === 'string';

const otherOperators: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '+=': ['-='],
  '-=': ['+='],
  '??=': ['&&='],
};
const otherMethods: Readonly<Record<string, string>> = {
  some: 'every',
  every: 'some',
  min: 'max',
  max: 'min',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  find: 'findLast',
  findLast: 'find',
  floor: 'ceil',
  ceil: 'floor',
};
/** Methods without which the value stays what it was, or nearly. */
const dropped = new Set(['filter', 'slice', 'sort', 'toSorted', 'reverse', 'toReversed', 'trim', 'toLowerCase']);

const hasRules = /^(?!Import|ExportAll|TS)|^TS(As|Satisfies|NonNull)Expression$/u;

/** Left alone: imports, types, names of keys, the text of an error. */
const isNoRule = (node: Node, parent: Node | undefined, key: string): boolean =>
  !hasRules.test(node.type) ||
  parent?.type === 'TaggedTemplateExpression' ||
  (key === 'key' && parent?.['computed'] === false) ||
  (parent?.type === 'PropertyDefinition' && isNode(parent['key']) && nameOf(parent['key']) === 'name') ||
  (key === 'source' && parent?.type === 'ExportNamedDeclaration') ||
  ('directive' in node && typeof node['directive'] === 'string') ||
  (key === 'arguments' && parent?.type === 'NewExpression' && nameOf(parent['callee']).endsWith('Error')) ||
  (key === 'arguments' && isNode(parent?.['callee']) && parent['callee'].type === 'Super');

const nameOf = (node: unknown): string => (isNode(node) && typeof node['name'] === 'string' ? node['name'] : '');

/** Every mutant of a file, in the order of its text. */
export const mutantsOf = (path: string, source: string): readonly Mutant[] => {
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path} does not parse`);
  const found: Mutant[] = [];
  let inLoop = false;
  const text = (node: Node): string => source.slice(node.start, node.end);
  const add = ({ start, end }: Pick<Node, 'start' | 'end'>, to: string, kind: Mutant['kind'] = 'expression'): void => {
    found.push({
      line: source.slice(0, start).split('\n').length,
      start,
      end,
      from: source.slice(start, end),
      to,
      kind,
      inLoop,
    });
  };

  const ofOperator = (node: Node): void => {
    const { left, right, operator } = node;
    if (!isNode(left) || !isNode(right)) return;
    const [open, close] = node.type === 'AssignmentExpression' ? ['', ''] : ['(', ')'];
    for (const other of otherOperators[String(operator)] ?? [])
      add(node, `${open}${text(left)}${close} ${other} (${text(right)})`);
  };
  const ofCall = (node: Node): void => {
    const { callee } = node;
    if (!isNode(callee) || callee.type !== 'MemberExpression') return;
    const { object, property } = callee;
    if (!isNode(object) || !isNode(property)) return;
    const method = nameOf(property);
    const other = otherMethods[method];
    if (other !== undefined)
      add(node, `${source.slice(node.start, property.start)}${other}${source.slice(property.end, node.end)}`);
    if (dropped.has(method)) add(node, text(object));
  };
  const ofTest = (node: Node): void => {
    if (!isNode(node['test'])) return;
    if (node.type !== 'WhileStatement') add(node['test'], 'true');
    add(node['test'], 'false');
  };
  const ofBlock = (node: Node): void => {
    const { body } = node;
    if (!Array.isArray(body) || body.length === 0) return;
    add(node, '{}', 'block');
    for (const statement of body)
      if (body.length > 1 && isNode(statement) && statement.type === 'ExpressionStatement')
        add(statement, '', 'statement');
  };
  const ofLiteral = (node: Node): void => {
    if (typeof node['value'] === 'boolean') add(node, String(!node['value']));
    if (typeof node['value'] === 'string') add(node, node['value'] === '' ? "'mutant'" : "''");
  };
  const ofUnary = (node: Node): void => {
    const { argument, operator } = node;
    if (isNode(argument) && (operator === '!' || operator === '-')) add(node, text(argument));
  };
  const ofChain = (node: Node): void => {
    for (let at = node.start; (at = source.indexOf('?.', at)) !== -1 && at < node.end; at += 2) {
      const after = source[at + 2] === '[' || source[at + 2] === '(' ? '' : '.';
      add(node, `${source.slice(node.start, at)}${after}${source.slice(at + 2, node.end)}`);
    }
  };
  const look: Readonly<Record<string, (node: Node) => void>> = {
    BinaryExpression: ofOperator,
    LogicalExpression: ofOperator,
    AssignmentExpression: ofOperator,
    CallExpression: ofCall,
    IfStatement: ofTest,
    ConditionalExpression: ofTest,
    WhileStatement: ofTest,
    BlockStatement: ofBlock,
    FunctionBody: ofBlock,
    Literal: ofLiteral,
    UnaryExpression: ofUnary,
    ChainExpression: ofChain,
    TemplateLiteral: (node) => add(node, '``'),
    ArrayExpression: (node) => Array.isArray(node['elements']) && node['elements'].length > 0 && add(node, '[]'),
    ObjectExpression: (node) => Array.isArray(node['properties']) && node['properties'].length > 0 && add(node, '({})'),
  };
  const walk = (node: Node, parent: Node | undefined, key: string): void => {
    if (isNoRule(node, parent, key)) return;
    const around = inLoop;
    inLoop ||= /^(?:For|While|DoWhile)/u.test(node.type);
    look[node.type]?.(node);
    for (const [name, value] of Object.entries(node))
      for (const child of Array.isArray(value) ? value : [value])
        if (isNode(child) && name !== 'typeAnnotation' && name !== 'returnType') walk(child, node, name);
    inLoop = around;
  };
  if (isNode(program)) walk(program, undefined, '');
  return found.toSorted((a, b) => a.start - b.start || b.end - a.end);
};

/** The file with all of these mutants in it, each asleep until `isMutated(id)` says yes. */
export const withMutants = (source: string, mutants: readonly (Mutant & { readonly id: number })[]): string => {
  const inserts = mutants.flatMap(({ id, start, end, to, kind }) => {
    const length = end - start;
    if (kind === 'statement') return [{ at: start, text: `if (!isMutated(${id})) `, opens: true, length }];
    const [before, after] =
      kind === 'block' ? [`if (!isMutated(${id})) {`, '}'] : [`(isMutated(${id}) ? ${to} : `, ')'];
    const inside = kind === 'block' ? 1 : 0;
    return [
      { at: start + inside, text: before, opens: true, length },
      { at: end - inside, text: after, opens: false, length },
    ];
  });
  // What closes goes before what opens; the inner closes first, the outer opens first.
  inserts.sort(
    (a, b) => a.at - b.at || Number(a.opens) - Number(b.opens) || (a.opens ? b.length - a.length : a.length - b.length),
  );
  let at = 0;
  let out = '';
  for (const insert of inserts) {
    out += source.slice(at, insert.at) + insert.text;
    at = insert.at;
  }
  return out + source.slice(at);
};
