import type { Numbers } from '../contracts/numbers.ts';
import { dispositions } from '../domain/vocabulary.ts';
import { fill } from '../words/fill.ts';
import { writeDuration } from '../words/measures.ts';
import { type Html, type HtmlValue, html } from './html.ts';
import { page } from './layout.ts';
import type { PageContext } from './page-context.ts';
import { section } from './page-parts.ts';

// Wide as a narrow phone's card, so that the text in it is not drawn smaller there.
const [width, rowHeight, barHeight] = [300, 46, 16];

const bar = (
  context: PageContext,
  total: number,
  row: number,
  [label, count, tone]: readonly [string, number, string],
) => {
  const { value } = context.words.numbers.chart;
  const share = total === 0 ? 0 : count / total;
  const top = row * rowHeight;
  const text = fill(value, { count: String(count), total: String(total), percent: String(Math.round(share * 100)) });
  return html`<text x="0" y="${top + 14}">${label}</text>
    <text x="${width}" y="${top + 14}" text-anchor="end">${text}</text>
    <rect x="0" y="${top + 20}" width="${width}" height="${barHeight}" rx="3" class="ground"></rect>
    <rect
      x="0"
      y="${top + 20}"
      width="${Math.round(share * width)}"
      height="${barHeight}"
      rx="3"
      class="${tone}"
    ></rect> `;
};

/** How soon the cases were taken: drawn without script, and read out as a text. */
const chart = (context: PageContext, { speed }: Numbers): Html => {
  const { chart: texts } = context.words.numbers;
  const within = (minutes: number): string => fill(texts.within, { minutes: String(minutes) });
  const bars = [
    [within(5), speed.within5, 'good'],
    [within(15), speed.within15, 'good'],
    [within(60), speed.within60, 'good'],
    [texts.untaken, speed.untaken, 'late'],
    [texts.closedUntaken, speed.closedUntaken, 'grey'],
  ] as const;
  const said = bars.map(([label, count]) => `${label}: ${count}`).join('. ');
  return section(
    'speed',
    texts.title,
    html`<svg class="chart" viewBox="0 0 ${width} ${bars.length * rowHeight}" role="img" aria-label="${`${said}.`}">
      ${bars.map((one, row) => bar(context, speed.pressed, row, one))}
    </svg>`,
  );
};

const waited = ({ words }: PageContext, seconds: number): string =>
  seconds < 60
    ? fill(words.numbers.seconds, { seconds: String(seconds) })
    : writeDuration(Math.round(seconds / 60), words.time);

const spread = (context: PageContext, { median, ninetieth }: Numbers['rows'][number]['secondsUntilTaken']): string =>
  median === null || ninetieth === null
    ? '–'
    : fill(context.words.numbers.spread, { half: waited(context, median), nine: waited(context, ninetieth) });

const ended = ({ words }: PageContext, counts: Numbers['rows'][number]['dispositions']): HtmlValue =>
  dispositions.flatMap((name) =>
    counts[name] === undefined ? [] : [html`${words.case.dispositions[name].name}: ${counts[name]}<br />`],
  );

const table = (context: PageContext, { rows, office }: Numbers): Html => {
  const { table: texts, all } = context.words.numbers;
  const isMinistry = office.id === 'ministry';
  const heads = [
    texts.day,
    ...(isMinistry ? [texts.office] : []),
    texts.pressed,
    texts.taken,
    texts.takenHere,
    texts.untaken,
    texts.closedUntaken,
    texts.untilTaken,
    texts.untilRepresentative,
    texts.untilOffered,
    texts.untilAccepted,
    texts.untilContacted,
    texts.unansweredOffers,
    texts.ended,
  ];
  return section(
    'days',
    texts.title,
    html`<div class="wide" tabindex="0" role="group" aria-labelledby="days">
      <table>
        <thead>
          <tr>
            ${heads.map((head) => html`<th scope="col">${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                <th scope="row">${row.day}</th>
                ${isMinistry && html`<td>${row.office.id === 'ministry' ? html`<strong>${all}</strong>` : row.office.name}</td>`}
                <td>${row.pressed}</td>
                <td>${row.taken}</td>
                <td>${row.takenHere}</td>
                <td>${row.untaken}</td>
                <td>${row.closedUntaken}</td>
                <td>${spread(context, row.secondsUntilTaken)}</td>
                <td>${spread(context, row.secondsUntilRepresentative)}</td>
                <td>${spread(context, row.secondsUntilOffered)}</td>
                <td>${spread(context, row.secondsUntilAccepted)}</td>
                <td>${spread(context, row.secondsUntilContacted)}</td>
                <td>${row.unansweredOffers}</td>
                <td>${ended(context, row.dispositions)}</td>
              </tr> `,
          )}
        </tbody>
      </table>
    </div>`,
  );
};

/** `/o/{token}/numbers`: how many cases came to an office, and how long they waited. */
export const numbersPage = (context: PageContext, found: Numbers): Html => {
  const { words, urls } = context;
  const { numbers: texts } = words;
  return page(context, {
    title: `${texts.title} · ${found.office.name}`,
    drill: false,
    links: [{ href: urls.office(), text: words.pages.officer.office }],
    main: html`<h1>${texts.title}</h1>
      <p class="big">${found.office.name}</p>
      <p class="soft">${fill(texts.intro, { since: found.since, until: found.until })}</p>
      ${
        found.rows.length === 0
          ? html`<p class="card">${texts.none}</p>`
          : html`${chart(context, found)} ${table(context, found)}
              <p>
                <a class="tap" href="${urls.numbers({ since: found.since, until: found.until }, '.csv')}"
                  >${texts.csv}</a
                >
              </p>`
      }`,
  });
};
