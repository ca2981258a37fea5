import type { Family, Language } from '../domain/family/family.ts';
import type { FamilyEvent } from '../domain/family/family-event.ts';
import type { ToldChange } from '../domain/vocabulary.ts';
import type { Publication } from './publication.ts';
import { catalogues } from '../words/catalogues.ts';
import { fill } from '../words/fill.ts';
import { fitShortSms, fitSubject } from '../words/short-text.ts';

/** What the message on a change of contacts or phones is made of. */
type ListChangedFacts = {
  readonly family: Pick<Family, 'person'>;
  /** Absent: the person's. */
  readonly language?: Language;
  readonly event: Pick<FamilyEvent, 'type'> & { readonly change: ToldChange };
};

/**
 * Tells the contacts that something about their family's button was changed, so that a change that the person did not
 * want does not go unnoticed. It says what, never who was added or removed: contacts do not know of each other.
 */
export const composeListChanged = ({
  family,
  language = family.person.language,
  event,
}: ListChangedFacts): Publication => {
  const { someone, listChanged: texts, updates } = catalogues[language].family;
  const { subject, sms, email } = texts.changes[event.change];
  const person = { name: family.person.name, someone };
  const name = family.person.name.normalize('NFC');
  return {
    subject: fitSubject(person, (short) => fill(subject, { name: short })),
    bodies: {
      default: texts.default,
      sms: fitShortSms(person, (short) => fill(`${sms} ${texts.smsAdvice}`, { name: short })),
      email: [
        fill(email, { name }),
        [texts.stepsTitle, ...texts.steps[event.change === 'erased' ? 'erased' : 'changed']]
          .map((line, index) => (index === 0 ? line : `${index}. ${fill(line, { name })}`))
          .join('\n'),
        updates.footer,
      ].join('\n\n'),
    },
    attributes: { type: event.type, drill: 'false' },
  };
};
