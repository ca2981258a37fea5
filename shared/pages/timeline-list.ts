import type { OfficerCase } from '../contracts/cases.ts';
import type { TimelineEntry } from '../contracts/timeline.ts';
import { describe, describeActor, sentenceOf } from '../telling/describe.ts';
import { fill } from '../words/fill.ts';
import { type Html, type HtmlValue, html, htmlText } from './html.ts';
import { type PageContext, phoneText, timeOf } from './page-context.ts';
import { pointText } from './page-parts.ts';

/** Keeps the page under 50 KB; what came before is one link away. */
const mostBytes = 7 * 1024;

/** What the line says, a place with a link to its map, and what people wrote as a quotation. */
const whatOf = (context: PageContext, entry: TimelineEntry): HtmlValue => {
  const line = describe(entry, context);
  const { note, isAlarming } = line;
  const sentence = sentenceOf(line, phoneText);
  return [
    isAlarming ? html`<strong class="bad">${sentence}</strong>` : sentence,
    'position' in entry &&
      html` <a class="tap" href="${entry.position.mapUrl}" rel="noreferrer noopener">${pointText(entry.position)}</a>`,
    note !== undefined && html`<div class="quote" dir="auto">${note}</div>`,
  ];
};

const entryItem = (context: PageContext, entry: TimelineEntry): Html =>
  html`<li>
    <span class="soft small">${timeOf(entry.at, context)} · ${describeActor(entry.by, context.words.case)}</span
    ><br />${whatOf(context, entry)}
  </li> `;

/** How many of these fit, at least one: so that older ones can always be reached. */
const fitting = (items: readonly Html[]): number => {
  let bytes = 0;
  const first = items.findIndex((item) => (bytes += Buffer.byteLength(htmlText(item))) > mostBytes);
  return first === -1 ? items.length : Math.max(1, first);
};

/**
 * The case's history, newest first.
 * @param before id of the entry before which to begin: what a first page had no room for
 */
export const timelineList = (context: PageContext, { timeline }: OfficerCase, before?: string): Html => {
  const { words, urls } = context;
  const texts = words.pages.officer.timeline;
  const until = timeline.findIndex(({ eventId }) => eventId === before);
  const shown = (until === -1 ? timeline : timeline.slice(0, until)).toReversed();
  const items = shown.map((entry) => entryItem(context, entry));
  const count = fitting(items);
  const last = shown[count - 1];
  return html`<section class="card" aria-labelledby="timeline">
    <h2 id="timeline">${texts.title}</h2>
    <p class="soft small">${texts.hint}</p>
    ${until !== -1 && html`<p><a class="tap" href="${urls.page()}#timeline">${texts.newest}</a></p>`}
    <ol class="plain" reversed>
      ${items.slice(0, count)}
    </ol>
    ${
      count < items.length &&
      last &&
      html`<p>
        <a class="call" href="${urls.page({ before: last.eventId })}#timeline"
          >${fill(texts.older, { count: String(items.length - count) })}</a
        >
      </p>`
    }
  </section>`;
};
