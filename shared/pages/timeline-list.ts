import type { OfficerCase, TimelineEntry } from '../contracts/cases.ts';
import { fill } from '../words/local-time.ts';
import type { Html, HtmlValue } from './html.ts';
import { html, htmlText } from './html.ts';
import type { PageContext } from './page-context.ts';
import { distanceText, phoneText, timeOf, timeText } from './page-context.ts';
import { pointText } from './page-parts.ts';

/** Keeps the page under 50 KB; what came before is one link away. */
const mostBytes = 14 * 1024;

const whoText = ({ words }: PageContext, { kind, name, office }: TimelineEntry['by']): string => {
  const { by } = words.officer.timeline;
  switch (kind) {
    case 'officer':
      return [name, office?.name].filter((part) => part !== undefined).join(', ');
    case 'family':
      return fill(by.family, { name: name ?? '' });
    case 'person':
    case 'system':
      return by[kind];
  }
};

const quote = (text: string | undefined): HtmlValue =>
  text !== undefined && html`<div class="quote" dir="auto">${text}</div>`;

const whatOf = (context: PageContext, entry: TimelineEntry, duress: boolean): HtmlValue => {
  const { words } = context;
  const texts = words.officer.timeline;
  const office = entry.consulate?.name ?? '';
  switch (entry.type) {
    case 'alert.raised.v1':
      return entry.origin && entry.promisedAt !== undefined
        ? fill(texts.origins[entry.origin], { promised: timeText(entry.promisedAt, context) })
        : texts.raised;
    case 'alert.escalated.v1': {
      const tried = entry.tried?.map(({ name }) => name).join(', ') ?? '';
      return entry.reason && fill(texts.reasons[entry.reason], { tried, office });
    }
    case 'alert.located.v1':
      return [fill(entry.cause === 'hand-over' ? texts.handOver : texts.position, { office }), quote(entry.note)];
    case 'alert.position-moved.v1':
      return [
        entry.distanceMeters === undefined
          ? texts.firstPlace
          : fill(texts.moved, { distance: distanceText(entry.distanceMeters) }),
        entry.position &&
          html` <a class="tap" href="${entry.position.mapUrl}" rel="noreferrer noopener"
            >${pointText(entry.position)}</a
          >`,
      ];
    case 'alert.acknowledged.v1':
      return texts.acknowledged;
    case 'alert.state-changed.v1':
      return [
        entry.from && entry.to && fill(texts.state, { from: words.states[entry.from], to: words.states[entry.to] }),
        entry.facility !== undefined && ` ${fill(texts.facility, { facility: entry.facility })}`,
        quote(entry.note),
      ];
    case 'alert.noted.v1':
      return [texts.noted, quote(entry.text)];
    case 'alert.representative-assigned.v1':
      return fill(texts.representative, { name: entry.name ?? '', phone: phoneText(entry.phone ?? '') });
    case 'alert.family-unreachable.v1':
      return html`<strong class="bad">${texts.familyUnreachable}</strong>`;
    case 'alert.cancelled.v1':
      return duress ? texts.cancelledForFamily : texts.cancelled;
    case 'alert.cancelled-under-duress.v1':
      return html`<strong class="bad">${texts.cancelledUnderDuress}</strong>`;
    case 'alert.closed.v1':
      return [
        entry.disposition && fill(texts.closed, { disposition: words.dispositions[entry.disposition] }),
        quote(entry.note),
      ];
    case 'alert.reopened.v1':
      return texts.reopened;
    case 'family.seen.v1':
      return texts.seen;
    case 'family.on-it.v1':
      return entry.task === undefined ? texts.onIt : fill(texts.onItWith, { task: entry.task });
    default:
      return entry.type;
  }
};

const entryItem = (context: PageContext, entry: TimelineEntry, duress: boolean): Html =>
  html`<li>
    <span class="soft small">${timeOf(entry.at, context)} · ${whoText(context, entry.by)}</span
    ><br />${whatOf(context, entry, duress)}
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
export const timelineList = (context: PageContext, { timeline, duress }: OfficerCase, before?: string): Html => {
  const { words, urls } = context;
  const texts = words.officer.timeline;
  const until = timeline.findIndex(({ eventId }) => eventId === before);
  const shown = (until === -1 ? timeline : timeline.slice(0, until)).toReversed();
  const items = shown.map((entry) => entryItem(context, entry, duress));
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
