import type { OfficerCase } from '../contracts/cases.ts';
import { fill } from '../words/fill.ts';
import { type Html, type HtmlValue, html } from './html.ts';
import { writeDistance } from '../words/measures.ts';
import { type PageContext, ageText, timeOf } from './page-context.ts';
import { type SeenPosition, pointText } from './page-parts.ts';

/** More are a click away. */
const trackAtOnce = 3;

/** Keeps the page under 50 KB; the JSON has more. */
const trackOnPage = 25;

const stop = (context: PageContext, at: SeenPosition, isPress: boolean): Html => {
  const { words } = context;
  const { where: texts } = words.pages.officer;
  const { measuredAt, accuracyMeters, flaw } = at;
  return html`<li>
    ${isPress && html`<strong>${texts.press}</strong><br />`}${
      measuredAt === undefined
        ? words.pages.notMeasured
        : html`${timeOf(measuredAt, context)} · ${ageText(measuredAt, context)}`
    }<br /><a class="tap" href="${at.mapUrl}" rel="noreferrer noopener">${pointText(at)}</a>${
      accuracyMeters !== undefined && ` ± ${writeDistance(accuracyMeters)}`
    }${flaw !== undefined && html`<br />${words.case.flaws[flaw]}`}
  </li> `;
};

/** Where the phone was, newest first, and at the end where the button was pressed. */
export const trackList = (context: PageContext, { track, pressPosition }: OfficerCase): HtmlValue => {
  const { where: texts } = context.words.pages.officer;
  const stops = [
    ...track.slice(0, trackOnPage).map((at) => stop(context, at, false)),
    ...(pressPosition ? [stop(context, pressPosition, true)] : []),
  ];
  const [first, rest] = [stops.slice(0, trackAtOnce), stops.slice(trackAtOnce)];
  return (
    track.length > 0 &&
    html`<h3 id="track">${texts.track}</h3>
      <p class="soft small">${texts.trackHint}</p>
      <ol class="plain" aria-labelledby="track">
        ${first}
      </ol>
      ${
        rest.length > 0 &&
        html`<details>
          <summary>${fill(texts.trackMore, { count: String(rest.length) })}</summary>
          <ol class="plain" start="${trackAtOnce + 1}">
            ${rest}
          </ol>
        </details>`
      }`
  );
};
