import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

// Documents and comments name files, tests, guarantees and parts of documents. What they name has to exist.

const folders = ['.ci', 'app', 'docs', 'functions', 'infra', 'shared', 'test'];
const paths = [
  'README.md',
  'CONTRIBUTING.md',
  ...folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  ),
];
const fileNames = new Set(paths.map((path) => basename(path)));
/** Text that we write. Data is left out: it cites files of others as its sources. */
const texts = paths
  .filter((path) => /\.(?:ts|js|css|html|md|txt)$|^\.ci\/run$/.test(path))
  .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
const documents = texts.filter(({ path }) => path.endsWith('.md'));

type Found = { readonly path: string; readonly found: string };

/** The first group of each match, or all of it. */
const find = (pattern: RegExp, where: readonly { readonly path: string; readonly text: string }[]): Found[] =>
  where.flatMap(({ path, text }) =>
    Array.from(text.matchAll(pattern), ([whole, group]) => ({ path, found: group ?? whole })),
  );

/** `a/{b,c}.ts` is two paths. */
const expand = (path: string): readonly string[] => {
  const [braces, list] = /\{([^{}]*)\}/.exec(path) ?? [];
  return braces === undefined || list === undefined
    ? [path]
    : list.split(',').flatMap((one) => expand(path.replace(braces, one)));
};
const isMissing = ({ found }: Found): boolean => !expand(found).every((path) => existsSync(path));

const namedFile = /(?<![\w/.-])(?:app|docs|functions|infra|shared|test)\/[\w{},./-]+\.(?:ts|json|md)\b/g;

/** As GitHub makes them from headings. */
const anchorsOf = (text: string): readonly string[] =>
  Array.from(text.matchAll(/^#+ (.*)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

describe('every document', () => {
  it('links to files, and parts of files, that exist', () => {
    const links = find(/\]\(([^)\s:]+)\)/g, documents);
    expect(links.length).toBeGreaterThan(100);
    const broken = links.filter(({ path, found }) => {
      const [file = '', anchor] = found.split('#');
      const target = file === '' ? path : join(dirname(path), file);
      return !existsSync(target) || (anchor !== undefined && !anchorsOf(readFileSync(target, 'utf8')).includes(anchor));
    });
    expect(broken).toEqual([]);
  });

  it('names only files that exist', () => {
    const named = find(/`([^`\s<>*]+)`/g, documents);
    const inFolders = named.filter(({ found }) => folders.some((folder) => found.startsWith(`${folder}/`)));
    const inBlocks = find(namedFile, documents);
    expect(inFolders.length).toBeGreaterThan(40);
    expect([...inFolders, ...inBlocks].filter(isMissing)).toEqual([]);
    const alone = named.filter(({ found }) => /^[\w.-]+\.ts$/.test(found));
    expect(alone.filter(({ found }) => !fileNames.has(found))).toEqual([]);
  });
});

describe('every comment', () => {
  const comments = find(/^\s*(?:\/\/|\/?\*+) .*$/gm, texts).map(({ path, found }) => ({ path, text: found }));

  it('names only files that exist', () => {
    const named = find(namedFile, comments);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter(isMissing)).toEqual([]);
  });
});

describe('nothing', () => {
  it('cites a document that is not in the repository', () => {
    const cited = find(/(?<![\w/.-])(?:[\w-]+\/|\.\.?\/)*[\w-]+\.md\b/g, texts);
    expect(cited.length).toBeGreaterThan(100);
    const isUnknown = ({ path, found }: Found): boolean =>
      ![found, join('docs', found), join(dirname(path), found)].some((one) => existsSync(one)) && !fileNames.has(found);
    expect(cited.filter(isUnknown)).toEqual([]);
    expect(find(/\bdesign,? (?:§|section|G\d)|\bfindings\/|\bissue \d+/gi, texts)).toEqual([]);
  });

  it('cites a guarantee that docs/guarantees.md does not have', () => {
    const written = find(/^## (G\d)/gm, documents);
    expect(written.map(({ found }) => found).join()).toBe('G1,G2,G3,G4,G5,G6,G7,G8,G9');
    const cited = find(/(?<=[(,] ?)G\d+(?=[),])/g, texts);
    expect(cited.length).toBeGreaterThan(40);
    expect(cited.filter(({ found }) => !written.some((one) => one.found === found))).toEqual([]);
  });
});

describe('each guarantee', () => {
  const sections = readFileSync('docs/guarantees.md', 'utf8').split(/^## /m).slice(1);

  it.each(sections.map((text) => ({ name: text.slice(0, 2), text })))('$name names tests that exist', ({ text }) => {
    const tests = Array.from(text.matchAll(/^- \[(test\/[^\]]+)\]\([^)]*\): (.*)$/gm));
    expect(tests.length).toBeGreaterThan(2);
    for (const [, path = '', list = ''] of tests) {
      const titles = find(/"([^"]*)"/g, [{ path, text: list }]);
      expect(titles.length).toBeGreaterThan(0);
      const file = readFileSync(path, 'utf8');
      expect(titles.filter(({ found }) => !file.includes(found))).toEqual([]);
    }
  });
});
