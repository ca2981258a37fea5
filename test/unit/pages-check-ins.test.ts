import { describe, expect, it } from 'vitest';
import { familyCaseResponse, officerCaseResponse } from '../../shared/contracts/cases.ts';
import type { Case } from '../../shared/domain/case/case.ts';
import type { Language } from '../../shared/domain/family/family.ts';
import type { OriginKind } from '../../shared/domain/vocabulary.ts';
import { composeRights } from '../../shared/telling/compose-rights.ts';
import { familyCase } from '../../shared/pages/case-for-family.ts';
import { familyPage } from '../../shared/pages/family-page.ts';
import { htmlText } from '../../shared/pages/html.ts';
import { officePage } from '../../shared/pages/office-page.ts';
import { officeCases } from '../../shared/pages/office-cases.ts';
import { officerCase } from '../../shared/pages/case-for-officer.ts';
import { officerPage } from '../../shared/pages/officer-page.ts';
import { pageUrls } from '../../shared/pages/page-urls.ts';
import { catalogues } from '../../shared/words/catalogues.ts';
import { aCancelledCase, aCase, caseNow, offices, openConsulates } from '../support/cases.ts';
import { aFamily } from '../support/fixtures.ts';
import { aView, entriesOf } from '../support/office-list.ts';
import { changesOf, textOf } from '../support/page-text.ts';

const kinds = ['missed-check-in', 'duress-check-in'] as const;
const losAngeles = { kind: 'consulate', id: 'los-angeles' } as const;

const caseOf = (kind: OriginKind, found: Case = aCase()): Case => {
  const { position: _position, note: _note, ...alert } = found.alert;
  const origin = { kind, checkInId: 'c', promisedAt: '2026-11-22T20:00:00.000Z', label: 'cita <b>migratoria</b>' };
  return { ...found, alert: { ...alert, origin, ...(kind === 'duress-check-in' && { duress: true as const }) } };
};
const contextOf = (kind: 'c' | 'f', language: Language) => ({
  words: catalogues[language],
  language,
  now: caseNow,
  timeZone: 'America/Los_Angeles',
  urls: pageUrls({ kind, token: 'token' }),
});
const toOfficer = (found: Case, language: Language = 'es'): string => {
  const body = officerCaseResponse.parse(officerCase(found, [], offices, { recipient: losAngeles }));
  const options = { officeId: 'los-angeles', openConsulates };
  return htmlText(officerPage(contextOf('c', language), body, options));
};
const toFamily = (found: Case, language: Language = 'es'): string => {
  const body = familyCaseResponse.parse(familyCase(found, offices));
  return htmlText(familyPage(contextOf('f', language), body, composeRights(language, offices.desk)));
};

describe('pages of a case that nobody pressed', () => {
  it('read as kept in the snapshot, where they differ from those of a press', async () => {
    const texts = kinds.flatMap((kind) => [
      `=== ${kind}, officer\n${changesOf(textOf(toOfficer(aCase())), textOf(toOfficer(caseOf(kind))))}\n`,
      ...(kind === 'missed-check-in'
        ? [`=== ${kind}, family\n${changesOf(textOf(toFamily(aCase())), textOf(toFamily(caseOf(kind))))}\n`]
        : []),
    ]);
    await expect(texts.join('\n')).toMatchFileSnapshot('__snapshots__/page-check-in.txt');
  });

  it('say who did it: nobody, or the person in secret', () => {
    const beginnings = kinds.map(
      (kind) => officerCase(caseOf(kind), [], offices, { recipient: losAngeles }).timeline[0],
    );
    expect(beginnings).toMatchObject([
      { type: 'alert.raised.v1', by: { kind: 'system' }, origin: 'missed-check-in' },
      { type: 'alert.raised.v1', by: { kind: 'person' }, origin: 'duress-check-in' },
    ]);
    for (const kind of kinds) expect(toOfficer(caseOf(kind))).not.toMatch(/Activada:|Se activó el Botón/);
  });

  it('of duress offer no phone to tap but that of the trusted contact', () => {
    const trusted = aFamily().contacts.map((contact, index) => ({ ...contact, trusted: index === 0 }));
    const found = (contacts = aFamily().contacts) => caseOf('duress-check-in', aCase({ family: { contacts } }));
    expect(toOfficer(caseOf('missed-check-in'))).toContain('href="tel:+12135550100"');
    expect(toOfficer(found())).not.toMatch(/href="tel:\+1213555010/);
    expect(toOfficer(found(trusted)).match(/href="tel:\+1213555010./g)).toEqual(
      Array(2).fill('href="tel:+12135550101'),
    );
  });

  it('show what the person wrote as text', () => {
    for (const kind of kinds) {
      for (const page of [toOfficer(caseOf(kind)), ...(kind === 'missed-check-in' ? [toFamily(caseOf(kind))] : [])]) {
        expect(page).toContain('cita &lt;b&gt;migratoria&lt;/b&gt;');
        expect(page).not.toContain('<b>migratoria');
      }
    }
  });

  it('are the same for the family whichever PIN cancelled a missed one', () => {
    const [ordinary, duress] = (['ordinary', 'duress'] as const).map((pin) =>
      toFamily(caseOf('missed-check-in', aCancelledCase(pin))),
    );
    expect(duress).toBe(ordinary);
    expect(textOf(ordinary!)).toContain('porque no llegó el OK prometido');
  });

  it('are marked in the list of an office', async () => {
    const entries = await entriesOf([...kinds.map((kind) => caseOf(kind)), aCase()]);
    const body = officeCases('los-angeles', entries, { from: 0, length: 3 }, offices, (ref) => `/c/token?case=${ref}`);
    expect(body.cases.map(({ origin }) => origin)).toEqual([...kinds, null]);
    const text = textOf(htmlText(officePage(contextOf('c', 'es'), body, aView)));
    expect(text).toContain('Nadie activó el botón');
    expect(text).toContain('NO LLAME A SU TELÉFONO');
  });
});
