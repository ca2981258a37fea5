import type { Language } from '../domain/family/family.ts';

/** Paths of one page and of what can be reached from it. They begin at the origin: `publicUrl` has no path. */
export type PageUrls = {
  /** The page itself, in this or another language. */
  page(change?: Readonly<Record<string, string>>): string;
  /** Where a form is sent. */
  action(name: string): string;
  /** The notice of new cases in that list. */
  news(since: string): string;
  /** The list of the office that the link is for. */
  office(change?: Readonly<Record<string, string>>): string;
  /** The numbers of that office, as a page or, with `.csv`, as a table. */
  numbers(change?: Readonly<Record<string, string>>, ending?: '.csv'): string;
  /** Another case of that list. @param ref as in `?case=` */
  otherCase(ref: string): string;
};

export type PageAddress = {
  readonly kind: 'c' | 'o' | 'f' | 'l' | 't';
  readonly token: string;
  /** A page below the office's. */
  readonly part?: 'numbers';
  /** Only if the reader chose one. */
  readonly language?: Language | undefined;
  /** The case of `?case=`, when it is not the link's own. */
  readonly ref?: string | undefined;
};

const withQuery = (path: string, query: Readonly<Record<string, string | undefined>>): string => {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) given.set(name, value);
  return given.size === 0 ? path : `${path}?${given.toString()}`;
};

export const pageUrls = ({ kind, token, language, ref, part }: PageAddress): PageUrls => {
  const secret = encodeURIComponent(token);
  const own = { language, case: ref };
  return {
    page: (change) => withQuery(`/${kind}/${secret}${part === undefined ? '' : `/${part}`}`, { ...own, ...change }),
    action: (name) => withQuery(`/${kind}/${secret}/${name}`, own),
    news: (since) => withQuery(`/o/${secret}/news`, { language, since }),
    office: (change) => withQuery(`/o/${secret}`, { language, ...change }),
    numbers: (change, ending) => withQuery(`/o/${secret}/numbers${ending ?? ''}`, { language, ...change }),
    otherCase: (other) => withQuery(`/c/${secret}`, { language, case: other }),
  };
};
