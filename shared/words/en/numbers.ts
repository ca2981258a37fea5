import type { NumbersWords } from '../numbers-words.ts';

/** The page of an office's numbers. */
export const numbers: NumbersWords = {
  link: 'Numbers',
  title: 'Numbers',
  intro: 'Cases from {since} to {until}, without drills. Each day is that of the clock of the office.',
  none: 'No case came on these days.',
  csv: 'Download these numbers (CSV)',
  all: 'All offices',
  chart: {
    title: 'How soon they were taken',
    within: 'Taken within {minutes} min',
    untaken: 'Nobody has taken them',
    closedUntaken: 'Closed before anybody took them',
    value: '{count} of {total} ({percent}%)',
  },
  table: {
    title: 'Day by day',
    day: 'Day',
    office: 'Office',
    pressed: 'Cases',
    taken: 'Taken',
    takenHere: 'By this office',
    untaken: 'Not taken',
    closedUntaken: 'Closed, not taken',
    untilTaken: 'Until it was taken',
    untilRepresentative: 'Until there was a lawyer',
    untilOffered: 'Until offered to a lawyer of the list',
    untilAccepted: 'Until one of the list accepted',
    untilContacted: 'Until the lawyer’s first contact',
    unansweredOffers: 'Asked without an answer',
    ended: 'How they ended',
  },
  spread: 'half: {half}; 9 of 10: {nine}',
  seconds: '{seconds} s',
};
