import { fill } from '../words/fill.ts';
import { writeClock } from '../words/local-time.ts';
import { type Html, html } from './html.ts';
import { document } from './layout.ts';
import { newsStyle } from './office-style.ts';
import type { PageContext } from './page-context.ts';

/**
 * The notice in the frame of an office's list: how many cases have come since the list was made. It loads itself anew
 * each minute, so that the list itself does not have to, where somebody is typing.
 */
export const officeNews = (context: PageContext, since: string, count: number): Html => {
  const { words, language, timeZone } = context;
  const { news } = words.pages.list;
  const time = writeClock(new Date(since), timeZone, words.time);
  const text = count === 0 ? news.none : count === 1 ? news.one : news.some;
  return document(
    language,
    news.title,
    html`<p class="${count > 0 && 'some'}" role="status">${fill(text, { time, count: String(count) })}</p>`,
    html`<meta http-equiv="refresh" content="60" /> ${newsStyle}`,
  );
};
