import { describe, expect, it } from 'vitest';
import { announcementSchema } from '../../shared/contracts/announcement.ts';
import { familyCaseResponse, officerCaseResponse } from '../../shared/contracts/cases.ts';
import { officeCasesResponse } from '../../shared/contracts/office-list.ts';
import type { Alert } from '../../shared/domain/case/alert.ts';
import type { AuthorityRecipient } from '../../shared/telling/recipient.ts';
import type { CaseEvent } from '../../shared/domain/case/case-event.ts';
import type { Case } from '../../shared/domain/case/case.ts';
import type { Language } from '../../shared/domain/family/family.ts';
import type { Publication } from '../../shared/telling/publication.ts';
import { composeCaseEventForAuthority } from '../../shared/telling/compose-case-event-for-authority.ts';
import { composeCaseEventForFamily } from '../../shared/telling/compose-case-event-for-family.ts';
import { composeRaisedForAuthority } from '../../shared/telling/compose-raised-for-authority.ts';
import { composeRaisedForFamily } from '../../shared/telling/compose-raised-for-family.ts';
import { composeRights } from '../../shared/telling/compose-rights.ts';
import { catalogues } from '../../shared/words/catalogues.ts';
import { familyCase } from '../../shared/pages/case-for-family.ts';
import { familyPage } from '../../shared/pages/family-page.ts';
import { htmlText } from '../../shared/pages/html.ts';
import { officerCase } from '../../shared/pages/case-for-officer.ts';
import { officeCases } from '../../shared/pages/office-cases.ts';
import { officerPage } from '../../shared/pages/officer-page.ts';
import { officePage } from '../../shared/pages/office-page.ts';
import { pageUrls } from '../../shared/pages/page-urls.ts';
import { aCancelledCase, aCase, caseIn, caseNow, everyState, offices, openConsulates } from '../support/cases.ts';
import { authorityFacts, caseEvents, caseFacts, familyOf, links, losAngeles, press } from '../support/message-facts.ts';
import { aView, entriesOf } from '../support/office-list.ts';
import { textOf } from '../support/page-text.ts';
import { languages } from '../../shared/domain/vocabulary.ts';

/*
 * Whatever anybody can receive or open of a drill says that it is one before it says anything else: nobody may be frightened by a
 * rehearsal, and no real alert taken for one.
 */

const marks = { es: 'SIMULACRO', en: 'DRILL' } as const;

type Message = readonly [label: string, language: Language, compose: (drill: boolean) => Publication | undefined];

const pressed = (drill: boolean, overrides: Partial<Alert> = {}): Alert => ({ ...press, drill, ...overrides });
const recipients: readonly (readonly [string, AuthorityRecipient])[] = [
  ['office', { kind: 'consulate', consulate: losAngeles }],
  ['ministry', { kind: 'ministry' }],
];
const events = Object.entries<CaseEvent>(caseEvents);
const { position: _position, ...nowhere } = press;

const factsOf = (event: CaseEvent, drill: boolean, duress: boolean) => {
  const facts = caseFacts({ ...event, drill }, { link: links.short.office });
  return { ...facts, alert: { ...facts.alert, drill, ...(duress && { duress: true as const }) } };
};

const toFamily: readonly Message[] = languages.flatMap((language) => {
  const family = familyOf({ language });
  const raised: Message[] = [true, false].flatMap((consularNotification) =>
    [press, nowhere].flatMap((alert) =>
      [{ desk: authorityFacts.desk, consulate: losAngeles }, { desk: authorityFacts.desk }].map(
        (known, index): Message => [
          `family, raised ${language} ${consularNotification} ${alert === nowhere} ${index}`,
          language,
          (drill) => composeRaisedForFamily({ alert: { ...alert, drill, consularNotification }, family, ...known }),
        ],
      ),
    ),
  );
  const later = events.map(([label, event]): Message => [
    `family, ${label} ${language}`,
    language,
    (drill) => composeCaseEventForFamily({ ...factsOf(event, drill, false), family }),
  ]);
  return [...raised, ...later];
});

const toAuthorities: readonly Message[] = recipients.flatMap(([who, recipient]) => [
  [
    `${who}, raised`,
    'es',
    (drill: boolean) => composeRaisedForAuthority(recipient, { ...authorityFacts, alert: pressed(drill) }),
  ] satisfies Message,
  ...events.flatMap(([label, event]) =>
    [false, true].map((duress): Message => [
      `${who}, ${label}${duress ? ', forced' : ''}`,
      'es',
      (drill) => composeCaseEventForAuthority(recipient, factsOf(event, drill, duress)),
    ]),
  ),
]);

const readable = ({ subject, bodies }: Publication): string[] =>
  [subject, bodies.sms, bodies.email].filter((text) => text !== undefined);

describe('every message of a drill', () => {
  it.each([...toFamily, ...toAuthorities])('%s (%s)', (_, language, compose) => {
    const [drill, actual] = [compose(true), compose(false)];
    const texts = drill ? readable(drill) : [];
    expect(texts.filter((text) => !text.startsWith(marks[language]))).toEqual([]);
    expect(actual ? readable(actual).filter((text) => /simulacro:|^simulacro|^drill|drill:/i.test(text)) : []).toEqual(
      [],
    );
    expect([drill?.attributes['drill'], actual?.attributes['drill']]).toEqual(
      drill ? ['true', 'false'] : [undefined, undefined],
    );
  });

  it.each(toFamily)('%s, where only the default text arrives', (_, language, compose) => {
    expect(compose(true)?.bodies.default ?? marks[language]).toMatch(new RegExp(`^${marks[language]}`));
  });

  it.each(toAuthorities)('%s, to a system', (_, __, compose) => {
    const document = announcementSchema.parse(JSON.parse(compose(true)!.bodies.default));
    expect([document.status, document.info.headline.slice(0, 9)]).toEqual(['Exercise', 'SIMULACRO']);
    expect(announcementSchema.parse(JSON.parse(compose(false)!.bodies.default)).status).toBe('Actual');
  });

  it('is looked at here, whatever its type', () => {
    const seen = new Set([...toFamily, ...toAuthorities].map(([, , compose]) => compose(true)?.attributes['type']));
    const ofAlerts = languages.flatMap((language) =>
      Object.entries(catalogues[language].events).flatMap(([type, texts]) => ('family' in texts ? [type] : [])),
    );
    const types = [...ofAlerts, ...announcementSchema.options.map(({ shape }) => shape.type.value)];
    expect(types.filter((type) => !seen.has(type))).toEqual([]);
  });
});

describe('every page of a drill', () => {
  const cases: readonly (readonly [string, Case])[] = [
    ...everyState.map((state) => [state, caseIn(state)] as const),
    ['cancelled', aCancelledCase('ordinary')],
    ['forced', aCancelledCase('duress')],
  ];
  const contextIn = (language: Language, kind: 'c' | 'f' | 'o') => ({
    words: catalogues[language],
    language,
    now: caseNow,
    timeZone: 'America/Los_Angeles',
    urls: pageUrls({ kind, token: 'token' }),
  });
  const as = ({ alert, ...rest }: Case, drill: boolean): Case => ({ ...rest, alert: { ...alert, drill } });
  const viewer = { kind: 'ministry' } as const;
  const pagesOf = (found: Case, language: Language): string[] => [
    htmlText(
      officerPage(contextIn(language, 'c'), officerCase(found, [], offices, { recipient: viewer }), {
        officeId: 'ministry',
        openConsulates,
      }),
    ),
    htmlText(familyPage(contextIn(language, 'f'), familyCase(found, offices), composeRights(language, offices.desk))),
  ];

  it.each(cases.flatMap(([label, found]) => languages.map((language) => [label, language, found] as const)))(
    'in the title and above all else: %s (%s)',
    (_, language, found) => {
      for (const page of pagesOf(as(found, true), language)) {
        expect(page).toContain(`<title>${marks[language]} · `);
        const main = textOf(page.slice(page.indexOf('<main')));
        expect(main.split('\n')[0]).toMatch(new RegExp(`^${marks[language]}: `));
      }
      for (const page of pagesOf(as(found, false), language)) expect(page).not.toContain(marks[language]);
    },
  );

  it.each(cases)('as JSON: %s', (_, found) => {
    const drill = as(found, true);
    expect(officerCaseResponse.parse(officerCase(drill, [], offices, { recipient: viewer })).drill).toBe(true);
    expect(familyCaseResponse.parse(familyCase(drill, offices)).drill).toBe(true);
  });

  it.each(languages)('in the list of an office (%s)', async (language) => {
    const list = async (drill: boolean) => {
      const entries = await entriesOf([as(aCase(), drill)]);
      return officeCases('los-angeles', entries, { from: 0, length: 1 }, offices, () => '/c/token');
    };
    expect(officeCasesResponse.parse(await list(true)).cases).toMatchObject([{ drill: true, section: 'drill' }]);
    const pageOf = async (drill: boolean) => htmlText(officePage(contextIn(language, 'o'), await list(drill), aView));
    const [drill, actual] = [await pageOf(true), await pageOf(false)];
    expect(drill).toContain(marks[language]);
    expect(actual).not.toContain(marks[language]);
  });
});
