import { caseIdOf } from '../domain/case/open-cases.ts';
import type { OfficeCases } from '../contracts/office-list.ts';
import { shortName } from '../telling/office-ref.ts';
import { fill } from '../words/fill.ts';
import { type Html, type HtmlValue, html } from './html.ts';
import { type PageContext, ageText, durationText } from './page-context.ts';

export type ListedCase = OfficeCases['cases'][number];

/** From here on a town is not where the case is, but near it. */
const nearMeters = 20_000;

const placeText = ({ words }: PageContext, { place, placeOf, placeMeters }: ListedCase): string => {
  const { list } = words.pages;
  if (place === null) return list.nowhere;
  const isFar = placeMeters !== null && placeMeters > nearMeters;
  const text = isFar ? fill(list.near, { distance: `${Math.round(placeMeters / 1000)} km`, place }) : place;
  return placeOf === 'home' ? fill(list.home, { place: text }) : text;
};

/** Who has it, how far they are, and since when nothing was written. */
const holderText = (context: PageContext, found: ListedCase): string | undefined => {
  const { words } = context;
  const { list } = words.pages;
  const { acknowledged, consulate, district, nearest, lastEntryAt, state, section } = found;
  const officeName = (office: ListedCase['consulate']) => (office ? shortName(office, words.case) : '');
  const who = acknowledged
    ? fill(acknowledged.seenOnly ? list.seenBy : list.takenBy, {
        officer: acknowledged.officer,
        office: officeName(acknowledged.office ?? consulate),
      })
    : undefined;
  const isElsewhere = consulate !== null && section === 'others';
  const parts = [
    state === 'raised' ? undefined : words.case.states[state].name,
    who,
    isElsewhere ? fill(list.inCharge, { office: officeName(consulate) }) : undefined,
    district && nearest
      ? fill(list.twoOffices, { responsible: district.name, nearest: officeName(nearest) })
      : undefined,
    lastEntryAt === null ? undefined : fill(list.entry, { age: ageText(lastEntryAt, context) }),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(', ');
};

/** A short name of an incident, for people. */
export const incidentMark = (incidentId: string): string =>
  incidentId
    .replaceAll(/[^0-9a-z]/gi, '')
    .slice(-4)
    .toUpperCase();

const marks = ({ words }: PageContext, found: ListedCase): HtmlValue => {
  const { list } = words.pages;
  const { incidentId, pressedAgain, drill, duress, origin, isNew, handOver } = found;
  const all: readonly (readonly [text: string, look: string])[] = [
    ...(isNew ? [[list.isNew, 'mark new'] as const] : []),
    ...(drill ? [[words.pages.drillTitle, 'mark'] as const] : []),
    ...(duress ? [[list.duress, 'bad'] as const] : []),
    ...(origin ? [[list.origins[origin], origin === 'missed-check-in' ? 'mark' : 'bad'] as const] : []),
    ...(handOver ? [[fill(list.handOver, { office: shortName(handOver.to, words.case) }), 'bad'] as const] : []),
    ...(pressedAgain.length > 0
      ? [[fill(list.again, { count: String(pressedAgain.length + 1) }), 'mark'] as const]
      : []),
    ...(incidentId === undefined ? [] : [[fill(list.incident, { mark: incidentMark(incidentId) }), 'mark'] as const]),
  ];
  return (
    all.length > 0 &&
    html`<span class="marks"
      >${all.map(([text, look], index) => html`${index > 0 && ' · '}<span class="${look}">${text}</span>`)}</span
    > `
  );
};

/** One case of the list. @param tick what ticks it, where several are taken at once */
export const caseRow = (context: PageContext, found: ListedCase, tick?: Html): Html => {
  const { state, drill, person, raisedAt, path, folio } = found;
  const holder = holderText(context, found);
  return html`<li class="row ${!drill && state}${!tick && ' bare'}">
    ${tick} <a class="who" href="${path}">${person.name}</a>
    <span class="more"
      ><time class="age" datetime="${raisedAt}">${durationText(raisedAt, context.now.toISOString(), context)}</time>
      <span class="at">${placeText(context, found)} · ${folio}</span>
      ${holder !== undefined && html`<span class="has">${holder}</span> `}${marks(context, found)}</span
    >
  </li> `;
};

/** The box that ticks a case. */
export const tickBox = ({ words }: PageContext, found: ListedCase, isTicked: boolean): Html => {
  const label = fill(words.pages.list.take.tick, { name: found.person.name, folio: found.folio });
  return html`<label class="tick"
    ><input type="checkbox" name="cases" value="${caseIdOf(found)}" aria-label="${label}" ${isTicked && html` checked`}
  /></label>`;
};
