const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

const blocks =
  /<\/?(address|br|dd|div|dl|dt|fieldset|footer|form|h\d|header|legend|li|main|nav|ol|p|section|summary|table|td|th|tr|ul)\b[^>]*>/g;

/** What a page says, a line a block: what changes when its looks do not. */
export const textOf = (page: string): string =>
  page
    .replace(/<head>[\s\S]*<\/head>/, '')
    .replaceAll(/<button[^>]*>([^<]*)<\/button>/g, '<p>[$1]</p>')
    .replaceAll(/<input\s+type="radio"[^>]*>/g, '<br>( ) ')
    .replaceAll(/<select[\s\S]*?<\/select>/g, '<br>[select]<br>')
    .replaceAll(/<(input|textarea)[^>]*>/g, '<br>[field]<br>')
    .replaceAll(/\n/g, ' ')
    .replaceAll(blocks, '\n')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/&(lt|gt|quot|#39|amp);/g, (entity) => entities[entity] ?? '')
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');

/** What one text has that another has not: lines that went, then lines that came. Keeps snapshots to what there is to see. */
export const changesOf = (before: string, after: string): string => {
  const [old, current] = [before.split('\n'), after.split('\n')];
  return [
    ...old.filter((line) => !current.includes(line)).map((line) => `- ${line}`),
    ...current.filter((line) => !old.includes(line)).map((line) => `+ ${line}`),
  ].join('\n');
};

/** Where the forms of a page go. */
export const formsOf = (page: string): string[] =>
  [...page.matchAll(/(?:form)?action="([^"]*)"/g)].map(
    ([, path = '']) => path.split('?', 1)[0]?.split('/').at(-1) ?? '',
  );
