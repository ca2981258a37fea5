import type { EventWords } from '../event-words.ts';

export const events: EventWords = {
  'alert.raised.v1': {
    happened: {
      button: 'The Alert Button was pressed',
      'missed-check-in': 'The promised OK did not come. The alert went out; nobody pressed the button',
      'said-taken': 'A contact said that the person was taken. Nobody pressed the button',
      'duress-check-in': 'Gave the duress PIN when saying OK',
      'duress-change': 'Gave the duress PIN on a change of settings',
      'duress-drill': 'Gave the duress PIN on a drill',
    },
  },
  'alert.escalated.v1': {
    happened: {
      'office-unreachable': 'The message could not be delivered. Goes on to {office}',
      'not-acknowledged': 'Nobody confirmed in time. {office} is told',
      'hand-over-unanswered': 'Nobody took the hand-over in time. It passes to {office}',
    },
    family: {
      'office-unreachable': {
        subject: '{toldOffice} is being notified now',
        sms: 'the message could not be delivered; {toldOffice} is being notified now, not confirmed yet.',
        email:
          'ANOTHER OFFICE\nThe message about {name} could not be delivered at the office before. {toldOffice} is being notified now: {at}. Nobody there has confirmed yet that they saw it.',
      },
      'not-acknowledged': {
        subject: 'nobody has confirmed; {toldOffice} is being notified now',
        sms: 'nobody has confirmed the case, {at}; {toldOffice} is being notified as well.',
        email:
          "NOBODY HAS CONFIRMED YET\nNobody has confirmed {name}'s case. That is why {toldOffice} is being notified as well: {at}. The offices notified before go on getting messages.",
      },
      'hand-over-unanswered': {
        subject: 'the case is now with {office}',
        sms: 'the office that was to take the case did not answer; it is now with {office}, {at}.',
        email:
          "ANOTHER OFFICE\n{name}'s case was being passed to another office, and nobody there answered. It is now with {office}: {at}. It is not confirmed yet that anyone there has read it.",
      },
      toMinistry: {
        subject: 'nobody has confirmed the case',
        sms: 'nobody has confirmed the case, {at}. We go on notifying, the ministry too.',
        email:
          "NOBODY HAS CONFIRMED YET\nNobody has confirmed {name}'s case: {at}. Mexico's foreign ministry is in charge now. All offices that were notified go on getting messages.",
      },
      stepsAfterHandOver: [
        'Call {phone}, say that you are a relative of {name}, and ask who attends to the case and what they need from you.',
        'Answer numbers you do not know as well: the new office may call you.',
      ],
      steps: [
        'Call {phone} yourself, say that you are a relative of {name} and that nobody has confirmed their alert.',
        'Find an immigration lawyer; do not wait for an answer.',
        'Answer numbers you do not know as well: the consulate may call you.',
      ],
    },
  },
  'alert.pressed-again.v1': {
    happened: 'Pressed the button again',
    family: {
      subject: 'pressed the button again, {at}',
      sms: 'pressed the button again, {at}.',
      email: 'PRESSED AGAIN\n{name} pressed their Alert Button again: {at}. It is the same case.',
      offices: 'The offices that were notified are notified again.',
      callOffice: 'Call {phone}, say that you are a relative of {name} and that they pressed their button again.',
      steps: ['If you speak to {name}, ask where they are and with whom. Write down the time.'],
    },
  },
  'alert.silent.v1': {
    happened: 'Nobody has taken the case yet. A message went out again',
    family: {
      subject: 'nobody has confirmed the case yet',
      sms: 'nobody has confirmed the case yet, {at}. Search locator.ice.gov and find an immigration lawyer.',
      email:
        "STILL NOT CONFIRMED\nNobody has taken {name}'s case so far: {at}. We go on notifying the offices and the foreign ministry.",
      /** Where no office is told. */
      alone: {
        day: {
          subject: 'a day has passed since their alert',
          sms: 'a day has passed since their ALERT. Search locator.ice.gov with both surnames and talk to an immigration lawyer.',
          email: "A DAY HAS PASSED SINCE THE ALERT\nA day has passed since {name}'s alert.",
        },
        days: {
          subject: 'three days have passed since their alert',
          sms: 'three days have passed since their ALERT. Search locator.ice.gov again and talk to an immigration lawyer.',
          email: "THREE DAYS HAVE PASSED SINCE THE ALERT\nThree days have passed since {name}'s alert.",
        },
        steps: [
          "Search for {name} in ICE's locator: https://locator.ice.gov/ (it can take 8 to 48 hours to appear). Try both surnames, with a hyphen between them and without accents.",
          'Talk to a licensed immigration lawyer. Beware of anyone who asks you for money by phone: this service never does.',
          'Also answer numbers that you do not know: it may be {name}, or somebody who calls for them.',
        ],
      },
      steps: [
        'Call {phone} yourself, say that you are a relative of {name} and that nobody has confirmed their alert.',
        "Search for {name} in ICE's locator: https://locator.ice.gov/ (it can take 8 to 48 hours to appear). Try both surnames, with a hyphen between them and without accents.",
        'Talk to an immigration lawyer.',
      ],
    },
  },
  'alert.unattended.v1': {
    happened: 'No officer has written anything on the case for a while. A message went out',
    family: {
      subject: '{office} has written nothing new',
      sms: '{office} has written nothing for a while, {at}. The ministry has been told.',
      email:
        "NO NEWS\n{office} has written nothing on {name}'s case for a while: {at}. The office and the foreign ministry have been told again.",
      steps: [
        'Call {phone}, say that you are a relative of {name} and ask what has been done.',
        'Talk to an immigration lawyer.',
      ],
    },
  },
  'alert.located.v1': {
    happened: {
      position: 'By the location that arrived, the case is for {office}',
      'hand-over': 'Took the case that was handed over. It is now with {office}',
    },
    family: {
      position: {
        subject: '{office} is now in charge',
        sms: '{office} is now in charge.',
        email:
          "OFFICE IN CHARGE\nA location has arrived, and by it {name}'s case is now with {office}: {at}. That office is being notified with all the details; this message does not confirm that anyone there has read it yet.",
      },
      'hand-over': {
        subject: 'a person at {office} now has the case',
        sms: 'a person at {office} now has the case (before: {previous}), {at}.',
        email:
          "ANOTHER OFFICE HAS THE CASE\nA person at {office} now has {name}'s case: {at}. Before, it was with {previous}.",
      },
      taken: {
        subject: 'a person at {office} now has the case',
        sms: 'a person at {office} now has the case, {at}.',
        email: "AN OFFICE HAS THE CASE\nA person at {office} now has {name}'s case: {at}.",
      },
      steps: [
        'Call {phone}, say that you are a relative of {name} and that there is an alert for them, and ask what is known and what they need from you.',
        'Answer numbers you do not know as well: the new office may call you.',
      ],
    },
  },
  'alert.hand-over-asked.v1': {
    happened: 'Handed the case over to {office}, which has not taken it yet',
  },
  'alert.hand-over-unanswered.v1': {
    happened: 'Nobody at {office} has taken the hand-over. They were told again',
  },
  'alert.hand-over-ended.v1': {
    happened: {
      'taken-back': 'Took back the hand-over to {office}',
      unreachable: 'The hand-over did not arrive: nobody at {office} gets messages',
      unanswered: 'Nobody at {office} took the hand-over, which has ended',
    },
  },
  'alert.position-moved.v1': {
    happened: { moved: 'The phone moved', first: 'The phone gave a first location' },
  },
  'alert.acknowledged.v1': {
    happened: {
      taken: 'Took the case',
      seen: 'Saw the alert together with others, and does not attend to it yet',
      relieved: 'Took over from a colleague',
    },
    family: {
      seen: {
        subject: 'a person at {office} saw the alert',
        sms: 'a person at {office} saw the alert; nobody attends to it yet.',
        email:
          "A PERSON SAW THE ALERT\nA person at {office} saw {name}'s alert: {at}.\nNobody attends to it yet: it was seen together with others. If nobody does within half an hour, the offices are told again.",
        steps: [
          'Call {phone}, say that you are a relative of {name} and that {office} saw their alert, and ask when it will be attended to.',
          'Answer numbers you do not know as well: the consulate may call you.',
          'Look for an immigration lawyer; do not wait for an answer.',
        ],
      },
      subject: 'a person at {office} has taken the case, {at}',
      sms: 'a person at {office} has taken the case, {at}.',
      notFound: 'Where they are is not known yet.',
      email:
        "A PERSON HAS TAKEN THE CASE\nA person at {office} has taken {name}'s case: {at}.\nIt is no longer just a message sent: someone read it and answered. It does not mean yet that anyone knows where {name} is or what will happen.",
      steps: [
        'Call {phone}, say that you are a relative of {name} and that {office} has taken the case, and give your name and phone.',
        'Answer numbers you do not know as well: the consulate may call you.',
        'Have at hand the full name of {name} as on their documents, date and place of birth and, if you know it, their A-number (nine digits).',
      ],
    },
  },
  'alert.lapsed.v1': {
    happened: 'Was seen and nobody attended to it: it is untaken again',
  },
  'alert.state-changed.v1': {
    happened: { changed: '{from} → {to}', corrected: 'Corrected the place' },
    family: {
      askWhere: 'To learn which place, call {phone}.',
      corrected: {
        subject: 'the place was corrected, says {shortOffice}',
        sms: 'the place was corrected{where}, says {office}, {at}.',
        email:
          'THE PLACE WAS CORRECTED\nWhat is known of the place where {name} is has changed, as told by {office}: {at}.',
      },
      steps: [
        'Call {phone} and ask what comes next, whether you can talk to {name}, and what they need from you.',
        'Before you go to a place of detention, ask at that phone or ask a lawyer: they want identification there and may ask about your immigration status.',
        "To confirm it yourself, look for {name} in ICE's locator: https://locator.ice.gov/ (it can take 8 to 48 hours to show). Try both last names, a hyphen between them, and no accents.",
      ],
    },
  },
  'alert.noted.v1': {
    happened: 'Wrote a note',
  },
  'alert.representative-assigned.v1': {
    happened: { named: 'Assigned a legal representative', accepted: 'Accepted the case as legal representative' },
    family: {
      named: {
        subject: '{shortOffice} assigned a lawyer',
        sms: '{shortOffice} assigned a lawyer: {representative}, {representativePhone}. Pay nobody by phone.',
        email:
          'LEGAL REPRESENTATIVE\nA legal representative was assigned to {name}, as told by {office}: {at}.\nName: {representative}\nPhone: {representativePhone}',
      },
      accepted: {
        subject: 'has a lawyer now',
        sms: '{representative}, lawyer, {representativePhone}, accepted the case. Pay nobody by phone.',
        email:
          'LEGAL REPRESENTATIVE\nA legal representative whom the consulate asked accepted the case of {name}: {at}.\nName: {representative}\nPhone: {representativePhone}',
      },
      changed: {
        subject: 'has another lawyer now',
        sms: 'another lawyer instead of {former}: {representative}, {representativePhone}. Pay nobody by phone.',
        email:
          'ANOTHER LEGAL REPRESENTATIVE\nInstead of {former}, the case of {name} is now with: {at}.\nName: {representative}\nPhone: {representativePhone}',
      },
      steps: [
        'Call {representativePhone}, say that you are a relative of {name} and that the consulate gave you this number. If nobody answers, leave your name and phone and call again.',
        'Ask which documents they need, whether they have talked to {name}, and whether there will be any cost.',
        'Gather, if you have them: {papers}. {papersHint}',
        'If anything makes you doubt, or you are asked for money by phone, check first at {phone}. This service never asks for money.',
      ],
    },
  },
  'representative.waiting.v1': {
    happened: 'A legal representative will be asked when their hours begin',
  },
  'representative.offered.v1': {
    happened: 'The case was offered to a legal representative',
  },
  'representative.declined.v1': {
    happened: 'Answered that they cannot take the case',
  },
  'representative.lapsed.v1': {
    happened: 'Did not answer: somebody else is asked as well',
  },
  'representative.unanswered.v1': {
    happened: 'No legal representative has taken the case: phone one',
  },
  'representative.contact-shared.v1': {
    happened: 'Gave the legal representative the phone of a contact',
  },
  'representative.contacted.v1': {
    happened: 'Spoke with the person or their family',
  },
  'representative.done.v1': {
    happened: 'Has done their part',
  },
  'alert.family-unreachable.v1': {
    happened: 'The family gets no messages: nobody there knows of the alert unless somebody calls',
  },
  'alert.cancelled.v1': {
    happened: {
      byPerson: 'Canceled the alert with their PIN',
      toldOnly: 'The family was told that the alert was canceled',
    },
    family: {
      subject: 'canceled with a PIN, {at}',
      sms: 'alert canceled by PIN, {at}. In doubt? Ask what only they know.',
      email:
        "THE ALERT WAS CANCELED\n{name}'s alert was canceled with a PIN: {at}. That is how, for example, an alert pressed by accident is taken back.",
      stepsTitle: 'IF YOU DOUBT IT',
      steps: [
        'Call {name}, by video if you can, and ask something that only {name} knows. A written message is not enough: someone else may have the phone.',
        'Notice whether they can speak freely.',
      ],
      stillInDoubt: {
        authorised: 'If they do not answer or it does not convince you, call {phone} and say why.',
        notAuthorised: 'If they do not answer or it does not convince you, look for a licensed immigration lawyer.',
      },
    },
  },
  'alert.cancelled-under-duress.v1': {
    happened: 'CANCELED UNDER DURESS, with the duress PIN. The case is still open',
  },
  'alert.closed.v1': {
    happened: 'Closed the case: {disposition}',
    family: {
      steps: [
        'Talk to {name} yourself as soon as you can.',
        'If it is not so, or you need help again, call {phone}: the case can be reopened.',
      ],
      repatriatedSteps: [
        'Call {phone} and ask where and when {name} arrives, and what they need.',
        'Answer numbers you do not know as well: it may be {name}, in Mexico by now.',
        'If it is not so, or you need help again, call the same phone: the case can be reopened.',
      ],
      otherSteps: [
        'Call {phone}, say that you are a relative of {name}, and give the reference.',
        'If you need help again, call the same phone: the case can be reopened.',
      ],
    },
  },
  'alert.reopened.v1': {
    happened: 'Reopened the case',
    family: {
      subject: '{office} reopened the case',
      sms: '{office} reopened the case, {at}.',
      email:
        "THE CASE IS OPEN AGAIN\n{name}'s case had been closed and was reopened by {office}: {at}. There is no need to press the button again.",
      steps: [
        'Call {phone}, say that you are a relative of {name}, and ask why it was reopened and what they need from you.',
        'Answer numbers you do not know as well: the consulate may call you.',
      ],
    },
  },
  'family.forced.v1': {
    happened: {
      contacts: 'Gave the duress PIN on a change of contacts',
      devices: 'Gave the duress PIN on a change of phones',
      erase: 'Gave the duress PIN on erasing the button',
      settings: 'Gave the duress PIN on a change of settings',
      recover: 'Gave the duress PIN on recovering the button',
      'lost-phone': 'A phone that had been given up as lost pressed',
      'revoked-phone': 'A phone that was revoked with the duress PIN pressed',
    },
  },
  'family.seen.v1': {
    happened: 'Has seen it',
  },
  'family.on-it.v1': {
    happened: 'Is on it',
  },
};
