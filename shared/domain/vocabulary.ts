/*
 * Words with a closed set of values. Types, stored items, published documents, pages and checks all come from these
 * lists: a new state or language is added here, and the compiler names every text that it lacks.
 */

/** States of a case, in the order in which they usually follow each other. */
export const alertStates = [
  'raised',
  'acknowledged',
  'locating',
  'located',
  'in-contact',
  'transferred',
  'closed',
] as const;
export type AlertState = (typeof alertStates)[number];

/** Why a case was closed. */
export const dispositions = ['cancelled', 'safe', 'false-alarm', 'released', 'repatriated', 'drill', 'other'] as const;
export type Disposition = (typeof dispositions)[number];

/** Why a case went on to others: nobody is subscribed where it went, or no officer took it in time. */
export const escalationReasons = ['office-unreachable', 'not-acknowledged'] as const;
export type EscalationReason = (typeof escalationReasons)[number];

/** Languages of families and pages. */
export const languages = ['es', 'en'] as const;
export type Language = (typeof languages)[number];
export const isLanguage = (value: unknown): value is Language => languages.some((language) => language === value);
