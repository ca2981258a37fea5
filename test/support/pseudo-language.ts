import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const edit = (file: string, where: RegExp, line: string): void => {
  const text = readFileSync(file, 'utf8');
  const edited = text.replace(where, line);
  if (edited === text) throw new Error(`${file} has nothing like ${where}`);
  writeFileSync(file, edited);
};

/**
 * Spanish in which every letter of every text is a `q`, and the values of templates stay: whatever else is read
 * afterwards did not come from the words.
 */
const words = `import { spanish } from '../es/words.ts';
const asIs = new Set(['tag', 'clock']);
const mark = (text) =>
  text.replaceAll(/\\{\\w+\\}|\\p{Lu}|\\p{L}/gu, (part) =>
    part.startsWith('{') ? part : part === part.toLowerCase() ? 'q' : 'Q');
const markAll = (value, key) =>
  typeof value === 'string' ? (asIs.has(key) ? value : mark(value))
  : Array.isArray(value) ? value.map((one) => markAll(one, key))
  : Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, markAll(inner, name)]));
export const pseudo = markAll(spanish);
`;

/**
 * The product with a third language, `qq`, in a copy of its own: a folder of words, a line of the registry and the code
 * in the vocabulary, as a translator adds one.
 */
export const withPseudoLanguage = (): { readonly load: <Module>(module: string) => Promise<Module> } => {
  const root = mkdtempSync(join(tmpdir(), 'pseudo-language-'));
  cpSync('shared', join(root, 'shared'), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
  mkdirSync(join(root, 'shared/words/qq'));
  writeFileSync(join(root, 'shared/words/qq/words.ts'), words);
  edit(join(root, 'shared/domain/vocabulary.ts'), /(languages = \[[^\]]*)/, "$1, 'qq'");
  const registry = join(root, 'shared/words/catalogues.ts');
  edit(registry, /(catalogues: [^}]*) \}/, '$1, qq: pseudo }');
  edit(registry, /^/, "import { pseudo } from './qq/words.ts';\n");
  return {
    load: async <Module>(module: string) => (await import(pathToFileURL(join(root, 'shared', module)).href)) as Module,
  };
};
