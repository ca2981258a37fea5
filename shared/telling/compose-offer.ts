import type { Language } from '../domain/family/family.ts';
import { representativeWords } from '../words/representatives.ts';
import { fill } from '../words/fill.ts';
import { foldToGsm } from '../words/gsm0338.ts';
import type { Publication } from './publication.ts';

/**
 * Asks a representative to take a case. Nothing in it says whose case, where or why: the page does. The link is not folded,
 * which has letters of its own.
 */
export const composeOffer = (language: Language, link: string): Publication => {
  const { offer } = representativeWords[language];
  return {
    subject: offer.subject,
    bodies: {
      default: offer.default,
      sms: `${foldToGsm(fill(offer.sms, { link: '' }))}${link}`,
      email: [offer.email.what, link, offer.email.time, offer.email.care].join('\n\n'),
    },
    attributes: { type: 'representative.offered.v1', drill: 'false' },
  };
};
