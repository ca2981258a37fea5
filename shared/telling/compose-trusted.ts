import type { Alert } from '../domain/case/alert.ts';
import { folioToSay } from '../domain/case/folio.ts';
import type { Family, Language } from '../domain/family/family.ts';
import { catalogues } from '../words/catalogues.ts';
import { fill } from '../words/fill.ts';
import { foldToGsm } from '../words/gsm0338.ts';
import { fitShortSms, fitSubject } from '../words/short-text.ts';
import type { Publication } from './publication.ts';

type TrustedFacts = {
  readonly family: Pick<Family, 'person'>;
  readonly language: Language;
  /** Absolute URL of the trusted contact's page. */
  readonly link: string;
};

type TrustedNews = TrustedFacts & {
  readonly alert: Pick<Alert, 'familyId' | 'alertId' | 'consularNotification' | 'drill'>;
  /** What it is about, for programs. */
  readonly type: string;
  /** E.164, of the office in charge; without consular consent that of legal help, if there is one. */
  readonly phone?: string;
};

/** Anything about a case that goes on in secret, in words that can be overheard: the page says what it is. */
export const composeTrusted = ({ alert, type, phone, link, language }: TrustedNews): Publication => {
  const { trusted: texts } = catalogues[language].family;
  const folio = folioToSay(alert);
  const said = (each: Pick<typeof texts.sms, 'call' | 'help' | 'open'>): string => {
    if (phone === undefined) return each.open;
    return folio === undefined ? fill(each.help, { phone }) : fill(each.call, { phone, folio });
  };
  return {
    subject: texts.subject,
    bodies: {
      default: texts.default,
      sms: `${foldToGsm(said(texts.sms))} ${link}`,
      email: [said(texts.email), fill(texts.email.link, { link }), texts.email.care].join('\n\n'),
    },
    attributes: { type, drill: 'false' },
  };
};

/** The first message: that there is something to read, alone. */
export const composeTrustedWelcome = ({ family, language, link }: TrustedFacts): Publication => {
  const { someone, trusted } = catalogues[language].family;
  const person = { name: family.person.name, someone };
  return {
    subject: fitSubject(person, (name) => fill(trusted.welcome.subject, { name })),
    bodies: {
      default: trusted.default,
      sms: fitShortSms(person, (name) => `${fill(trusted.welcome.sms, { name })} ${link}`),
      email: [
        fill(trusted.welcome.email, { name: family.person.name.normalize('NFC') }),
        fill(trusted.email.link, { link }),
        trusted.email.care,
      ].join('\n\n'),
    },
    attributes: { type: 'contact.welcome.v1', drill: 'false' },
  };
};
