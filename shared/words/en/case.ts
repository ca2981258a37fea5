import type { CaseWords } from '../case-words.ts';

export const caseWords: CaseWords = {
  product: 'Alert Button',
  flaws: {
    'coordinate-missing': 'NOT RELIABLE: a coordinate is missing.',
    inaccurate: 'NOT RELIABLE: the phone itself does not vouch for it, or knows only the region.',
    old: 'NOT RELIABLE: it was measured long before the alert.',
    far: 'NOT RELIABLE: it is far from every consulate.',
  },
  states: {
    raised: { name: 'Not attended', known: 'Nothing more is known yet.' },
    acknowledged: { name: 'Being attended', known: 'A person of the Mexican government has the case.' },
    locating: {
      name: 'Being searched for',
      known: 'They are looking for {name}.',
      told: {
        subject: '{office} is looking for the place',
        sms: '{office} is looking for where they are, {at}.',
        email: 'THE SEARCH IS ON\nThe place where {name} is being looked for, as told by {office}: {at}.',
      },
    },
    located: {
      name: 'Whereabouts confirmed',
      known: 'They have confirmed where {name} is.',
      told: {
        subject: '{office} now knows where they are',
        sms: '{office} now knows where they are{where}, {at}.',
        email: 'THE PLACE IS KNOWN\nIt is now known where {name} is, as told by {office}: {at}.',
      },
    },
    'in-contact': {
      name: 'In contact',
      known: 'They have spoken with {name}.',
      told: {
        subject: 'now in contact with {office}',
        sms: 'now in contact with {office}, {at}.{place}',
        email: 'THERE IS CONTACT\n{name} is now in contact with {office}: {at}.',
      },
    },
    transferred: {
      name: 'Moved elsewhere',
      known: '{name} was taken to another place.',
      told: {
        subject: 'moved to another place',
        sms: 'moved to another place{where}, says {office}, {at}.',
        email: 'MOVED TO ANOTHER PLACE\n{name} was moved to another place, as told by {office}: {at}.',
      },
    },
    closed: { name: 'Case closed', known: 'The case is closed.' },
  },
  seen: {
    name: 'Seen, not attended to',
    known: 'A person of the Mexican government saw the alert; nobody attends to it yet.',
  },
  dispositions: {
    cancelled: {
      name: 'Canceled',
      told: {
        subject: 'alert canceled, says {shortOffice}',
        sms: 'alert canceled, says {office}. Case closed, {at}.',
        email: "THE CASE WAS CLOSED\n{name}'s alert was canceled, according to {office}, which closed the case: {at}.",
      },
    },
    safe: {
      name: 'Safe',
      told: {
        subject: 'safe, says {shortOffice}',
        sms: 'safe, says {office}. Case closed, {at}.',
        email: 'THE CASE WAS CLOSED\n{name} is safe, according to {office}, which closed the case: {at}.',
      },
    },
    'false-alarm': {
      name: 'False alarm',
      told: {
        subject: 'a false alarm, says {shortOffice}',
        sms: 'a false alarm, says {office}. Case closed, {at}.',
        email:
          "THE CASE WAS CLOSED\n{name}'s alert was a false alarm, according to {office}, which closed the case: {at}.",
      },
    },
    released: {
      name: 'Released',
      told: {
        subject: 'released, says {shortOffice}',
        sms: 'released{from}, says {office}, {at}.',
        email: 'THE CASE WAS CLOSED\n{name} was released{from}, according to {office}, which closed the case: {at}.',
      },
    },
    repatriated: {
      name: 'Repatriated',
      told: {
        subject: 'returned to Mexico, says {shortOffice}',
        sms: 'returned to Mexico, says {office}, {at}.',
        email:
          'THE CASE WAS CLOSED\n{name} was returned to Mexico, according to {office}, which closed the case: {at}.',
      },
    },
    drill: {
      name: 'Drill',
      told: {
        subject: 'it was a drill, says {shortOffice}',
        sms: 'it was a drill, says {office}. Case closed, {at}.',
        email:
          "THE CASE WAS CLOSED\n{name}'s alert was a drill, according to {office}, which closed the case: {at}. Thank you for taking part.",
      },
    },
    other: {
      name: 'Other reason',
      told: {
        subject: 'news of the case; call the consulate',
        sms: 'there is news, {at}; {office} has it.',
        email:
          "NEWS OF THE CASE\nThere is news of {name}'s case. {office} has it and closed the case: {at}. Call {phone}.",
      },
    },
  },
  statuses: { pending: 'on its way, not confirmed', sent: 'sent', unreachable: 'COULD NOT BE DELIVERED' },
  ministry: 'Ministry',
  by: {
    person: 'the person',
    family: '{name} (family)',
    representative: '{name} (legal representative)',
    system: 'the system',
  },
  noPosition: 'No location of the phone arrived.',
  nearestMayDiffer: 'The nearest may not be the one of the consular district.',
  facility: 'Place: {facility}',
  from: 'from {facility}',
  toFamily: 'To the family: {note}',
  before: 'Before: {offices}',
  promised: 'Promised for {promised}',
};
