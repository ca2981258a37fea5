import { describe, expect, it } from 'vitest';
import type * as FamilyCasePages from '../../shared/pages/case-for-family.ts';
import type * as ClosingPages from '../../shared/pages/closing-page.ts';
import type * as FamilyPages from '../../shared/pages/family-page.ts';
import type * as Markup from '../../shared/pages/html.ts';
import { caseIdOf } from '../../shared/domain/case/open-cases.ts';
import type * as OfficeCasePages from '../../shared/pages/office-cases.ts';
import type * as OfficeNewsPages from '../../shared/pages/office-news.ts';
import type * as OfficePages from '../../shared/pages/office-page.ts';
import type * as OfficerCasePages from '../../shared/pages/case-for-officer.ts';
import type * as OfficerPages from '../../shared/pages/officer-page.ts';
import type { PageContext } from '../../shared/pages/page-context.ts';
import type * as Urls from '../../shared/pages/page-urls.ts';
import type * as ProblemPages from '../../shared/pages/problem-page.ts';
import type { Alert } from '../../shared/domain/case/alert.ts';
import { folioOf } from '../../shared/domain/case/folio.ts';
import type { CaseEvent } from '../../shared/domain/case/case-event.ts';
import type { Case } from '../../shared/domain/case/case.ts';
import type { Contact } from '../../shared/domain/family/family.ts';
import {
  caseRefusals,
  familyChanges,
  isToldChange,
  familyWarningCodes,
  type Language,
  originKinds,
} from '../../shared/domain/vocabulary.ts';
import type * as CaseMessages from '../../shared/telling/compose-case-event-for-family.ts';
import type * as ListMessages from '../../shared/telling/compose-list-changed.ts';
import type * as PressMessages from '../../shared/telling/compose-raised-for-family.ts';
import type * as Reminders from '../../shared/telling/compose-reminder.ts';
import type * as Rights from '../../shared/telling/compose-rights.ts';
import type * as Warnings from '../../shared/telling/compose-warnings.ts';
import type * as Welcomes from '../../shared/telling/compose-welcome.ts';
import type * as Registry from '../../shared/words/catalogues.ts';
import type * as Names from '../../shared/words/language-name.ts';
import { aCancelledCase, aCase, anEventOf, caseIn, caseNow, everyState, offices } from '../support/cases.ts';
import { caseEvents, caseFacts, familyOf, links, losAngeles, press } from '../support/message-facts.ts';
import { aView, entriesOf } from '../support/office-list.ts';
import { textOf } from '../support/page-text.ts';
import { withPseudoLanguage } from '../support/pseudo-language.ts';
import { noDistricts } from '../support/no-districts.ts';

const qq = 'qq' as Language;
const { load } = withPseudoLanguage();
const { catalogues } = await load<typeof Registry>('words/catalogues.ts');
const words = catalogues[qq];

/** What people and offices are called here has no letter but `z`. */
const namedByPeople = new Set([
  'name',
  'former',
  'note',
  'text',
  'facility',
  'task',
  'officer',
  'familyNote',
  'ministry',
  'label',
  'city',
  'endpoint',
  'place',
]);
const masked = <Facts>(facts: Facts, key = ''): Facts => {
  const mask = (value: unknown, name: string): unknown => {
    if (typeof value === 'string') {
      return namedByPeople.has(name) ? value.replaceAll(/\p{Lu}/gu, 'Z').replaceAll(/\p{Ll}|\p{Lo}/gu, 'z') : value;
    }
    if (Array.isArray(value)) return value.map((one) => mask(one, name));
    if (value === null || typeof value !== 'object' || value instanceof Date) return value;
    return Object.fromEntries(Object.entries(value).map(([inner, one]) => [inner, mask(one, inner)]));
  };
  return mask(facts, key) as Facts;
};

const office = { ...masked(losAngeles), timeZone: 'UTC' };
const desk = masked(offices.desk);
const where = { consulateById: () => office, desk, openConsulates: [office], consentTexts: [], ...noDistricts };
const assigned = { id: 'zz', distanceMeters: 5000, basis: 'district' } as const;
const twoOffices = { responsible: assigned, nearest: { ...assigned, id: 'zzz' }, source: 'zz', asOf: null };

/** Letters that neither the pseudo-language nor people wrote. Addresses, folios, units, the zone and what is typed stay out. */
const folios = [press, aCase().alert].map(({ familyId, alertId }) => folioOf(familyId, alertId));

const foreign = (text: string): readonly string[] =>
  text
    .replaceAll(new RegExp(folios.join('|'), 'g'), '')
    .replaceAll(/https?:\/\/\S+/g, '')
    .replaceAll(/(?<=\d )(?:km|m|UTC|PST)\b|\[(?:field|select)\]/g, '')
    .match(/[^\P{L}qQzZ]+/gu) ?? [];

const family = masked(familyOf({ language: qq, homePosition: { latitude: 34, longitude: -118 } }));
const link = links.short.family;

describe('a language that was added as a folder and a line', () => {
  it('is in every text of a message to the family', async () => {
    const { composeRaisedForFamily } = await load<typeof PressMessages>('telling/compose-raised-for-family.ts');
    const { composeCaseEventForFamily } = await load<typeof CaseMessages>('telling/compose-case-event-for-family.ts');
    const { composeListChanged } = await load<typeof ListMessages>('telling/compose-list-changed.ts');
    const { composeWelcome } = await load<typeof Welcomes>('telling/compose-welcome.ts');
    const { composeReminder } = await load<typeof Reminders>('telling/compose-reminder.ts');
    const { position: _, ...withoutPosition } = masked(press);
    const origins = originKinds.map((kind) => ({ kind, checkInId: 'c', promisedAt: press.raisedAt, label: 'zz' }));
    const presses: readonly Alert[] = [
      masked(press),
      withoutPosition,
      { ...withoutPosition, consularNotification: false },
      { ...withoutPosition, drill: true },
      { ...withoutPosition, pressedAt: '2026-11-22T20:00:00.000Z' },
      ...origins.map((origin) => ({ ...withoutPosition, origin })),
    ];
    const raised = presses.flatMap((alert) => [
      composeRaisedForFamily({ alert, family, desk, link, consulate: office }),
      composeRaisedForFamily({ alert, family, desk }),
    ]);
    const later = Object.values<CaseEvent>(caseEvents).flatMap((event) =>
      [undefined, ...origins].flatMap((origin) => {
        const facts = caseFacts(masked(event));
        const alert = { ...facts.alert, ...(origin && { origin }) };
        return composeCaseEventForFamily({ ...facts, ...where, alert, family, consulate: office, link }) ?? [];
      }),
    );
    const others = [
      ...familyChanges.flatMap((change) =>
        isToldChange(change) ? composeListChanged({ family, event: { type: 'contact.list-changed.v1', change } }) : [],
      ),
      ...[undefined, '+18005550199', '+12065550199'].map((smsOriginationNumber) =>
        composeWelcome({ family, ...(smsOriginationNumber !== undefined && { smsOriginationNumber }) }),
      ),
      composeReminder({
        checkIn: { promisedAt: press.raisedAt, label: 'zz' },
        family,
        now: new Date(press.raisedAt),
      }),
    ];
    const texts = [...raised, ...later, ...others].flatMap(({ subject, bodies }) => [
      subject,
      ...Object.values(bodies),
    ]);
    expect(texts.length).toBeGreaterThan(150);
    expect([...new Set(texts.flatMap(foreign))]).toEqual([]);
  });

  it('is in the warnings to the person and in the rights', async () => {
    const { composeWarnings } = await load<typeof Warnings>('telling/compose-warnings.ts');
    const { composeRights } = await load<typeof Rights>('telling/compose-rights.ts');
    const contacts: readonly Contact[] = family.contacts;
    const warnings = composeWarnings(
      familyWarningCodes.flatMap((code) => contacts.map((contact) => ({ code, contact }))),
      qq,
    );
    const { title, notice, person, family: relatives } = composeRights(qq, desk);
    const advice = [...person.advice, ...relatives.advice].flatMap(({ text, say, sayInEnglish }) => [
      text,
      say ?? '',
      sayInEnglish ?? '',
    ]);
    const texts = [...warnings.map(({ detail }) => detail), title, notice, person.title, relatives.title, ...advice];
    expect(texts.flatMap(foreign)).toEqual([]);
  });

  it('is on every page, whatever is on it', async () => {
    const { htmlText } = await load<typeof Markup>('pages/html.ts');
    const { pageUrls } = await load<typeof Urls>('pages/page-urls.ts');
    const { officerCase } = await load<typeof OfficerCasePages>('pages/case-for-officer.ts');
    const { officeCases } = await load<typeof OfficeCasePages>('pages/office-cases.ts');
    const { officeNews } = await load<typeof OfficeNewsPages>('pages/office-news.ts');
    const { familyCase } = await load<typeof FamilyCasePages>('pages/case-for-family.ts');
    const { officerPage } = await load<typeof OfficerPages>('pages/officer-page.ts');
    const { closingPage } = await load<typeof ClosingPages>('pages/closing-page.ts');
    const { officePage } = await load<typeof OfficePages>('pages/office-page.ts');
    const { familyPage } = await load<typeof FamilyPages>('pages/family-page.ts');
    const { problemPage } = await load<typeof ProblemPages>('pages/problem-page.ts');
    const { composeRights } = await load<typeof Rights>('telling/compose-rights.ts');
    const { languageName } = await load<typeof Names>('words/language-name.ts');

    const context = (more: Partial<PageContext> = {}): PageContext => ({
      words,
      language: qq,
      now: caseNow,
      timeZone: 'UTC',
      urls: pageUrls({ kind: 'c', token: 'token' }),
      ...more,
    });
    const origins = originKinds.map((kind) => ({ kind, checkInId: 'c', promisedAt: press.raisedAt, label: 'zz' }));
    const everyEvent = Object.values<CaseEvent>(caseEvents).map(({ familyId: _f, alertId: _a, ...event }, index) => ({
      ...anEventOf(index, event),
      eventId: String(index),
    }));
    const cases: readonly Case[] = [
      ...everyState.map(caseIn),
      aCancelledCase('ordinary'),
      aCancelledCase('duress'),
      aCase({ alert: { drill: true, droppedFields: ['zz'] }, events: everyEvent }),
      aCase({ alert: { consularNotification: false, deliveries: {} } }),
      aCase({ alert: { deliveries: { family: { status: 'unreachable' }, consulate: { status: 'unreachable' } } } }),
      ...origins.map((origin) => aCase({ alert: { origin } })),
      aCase({ alert: { consulate: assigned, twoOffices } }),
    ].map((found) =>
      masked({ ...found, family: { ...found.family, person: { ...found.family.person, language: qq } } }),
    );

    const wrong = Object.keys(words.pages.wrong).filter((name) => name !== 'title');
    const attempts = ['acknowledge', 'state', 'note', 'representative', 'hand-over', 'close', 'on-it'].map((action) =>
      context({ attempt: { action, values: {}, wrong } }),
    );
    const seen = (found: Case) =>
      officerCase(
        found,
        [{ latitude: 1, longitude: 2, measuredAt: press.raisedAt }],
        { ...where, now: () => new Date() },
        {
          recipient: { kind: 'ministry' },
        },
      );
    const officer = (found: Case, shownIn: PageContext, refused?: (typeof caseRefusals)[number]) =>
      officerPage(shownIn, seen(found), {
        officeId: 'ministry',
        openConsulates: [office],
        refused: refused && { action: 'state', reason: refused },
      });
    const toFamily = { subject: 'zz', sms: 'zz', email: 'zz' };
    const closings = [{ toFamily }, {}].flatMap((told) =>
      (['other', 'safe'] as const).map((disposition) =>
        closingPage(context(), seen(cases[0] ?? aCase()), { disposition, openConsulates: [office], ...told }),
      ),
    );
    const relative = (found: Case, shownIn: PageContext, isFull = false) =>
      familyPage(shownIn, familyCase(found, where), composeRights(qq, desk), isFull);
    const list = async (some: readonly Case[]) => {
      const part = { from: 0, length: 200 };
      const body = masked(officeCases('zz', await entriesOf(some, 'zz'), part, where, () => '/c/token'));
      const ticked = new Set(body.cases.slice(0, 1).map((found) => caseIdOf(found)));
      const busy = { text: 'zz', tick: 'untaken', since: press.raisedAt, taken: { taken: 1, refused: 1 } };
      const attempt = { action: 'take', values: {}, wrong: ['officer', 'cases'] };
      return [
        officePage(context(), body, aView),
        officePage(context({ attempt }), body, { ...aView, ...busy, ticked }),
      ];
    };
    const [first = aCase()] = cases;
    const pages = [
      ...cases.flatMap((found) => [officer(found, context()), relative(found, context())]),
      ...attempts.flatMap((shownIn) => [officer(first, shownIn), relative(first, shownIn, true)]),
      ...caseRefusals.map((reason) => officer(first, context(), reason)),
      ...Object.keys(words.pages.officer.actions).map((done) => officer(first, context({ done }))),
      relative(first, context({ done: 'seen' })),
      ...closings,
      ...(await list(cases)),
      ...(await list([])),
      ...[0, 1, 2].map((count) => officeNews(context(), press.raisedAt, count)),
    ].map(htmlText);

    // Each language is called by its own name, on the page and in the list of all.
    const ownNames = [...Object.values(catalogues).map(({ name }) => name), languageName(words, qq)];
    const attributes = /(?:<title>([^<]*)|(?:aria-label|placeholder|title)="([^"]*)")/g;
    const readable = (page: string): string =>
      [textOf(page), ...[...page.matchAll(attributes)].flatMap((found) => found.slice(1))].join('\n');
    const left = pages.flatMap((page) =>
      foreign(ownNames.reduce((text, name) => text.replaceAll(name, ''), readable(page))),
    );
    expect([...new Set(left)]).toEqual([]);

    for (const status of [400, 404, 413, 500]) {
      const part = /<section[^>]*lang="qq">([\s\S]*?)<\/section>/.exec(
        htmlText(
          problemPage({ status, requestId: '1' }, { by: status === 404 ? 'desk' : 'legalHelp', phone: desk.phone }),
        ),
      )?.[1];
      expect(foreign(textOf(part ?? 'no part of this language'))).toEqual([]);
    }
  });
});
