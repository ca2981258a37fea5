const [begin, end] = ['<!-- rehearsal -->\n', '<!-- /rehearsal -->'];

/** One step as docs/rehearsal.md has it: without what differs from run to run. */
const asWritten = (name: string, said: string): string =>
  `${name}${said === '' ? '' : `: ${said}`}`
    .replace(', from the cache', '')
    .replace(/localhost:\d+/, 'localhost:<port>')
    .replaceAll(/^ +- /gm, '  - ');

/**
 * The document with what a run said between its marks, so that its numbers are those of the last run.
 * @throws when the marks are not there
 */
export const withTranscript = (document: string, steps: readonly (readonly [name: string, said: string])[]): string => {
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error('docs/rehearsal.md has lost the marks of its transcript');
  const lines = steps.map(([name, said]) => asWritten(name, said)).join('\n');
  return `${document.slice(0, from + begin.length)}\n\`\`\`\n${lines}\n\`\`\`\n\n${document.slice(to)}`;
};
