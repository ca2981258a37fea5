import type { Catalogue } from './catalogue.ts';

/** American English, plain words. */
export const english: Catalogue = {
  time: {
    months: [
      'January',
      'February',
      'March',
      'April',
      'May',
      'June',
      'July',
      'August',
      'September',
      'October',
      'November',
      'December',
    ],
    shortMonths: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
    clock: '12',
    longDate: '{month} {day}, {year}',
    shortDate: '{month} {day}',
    dateAndTime: '{date}, {time}',
    shortDateAndTime: '{date}, {time}',
  },
  someone: 'your relative',
  messages: {
    'contact.welcome.v1': {
      subject: 'Alert Button: you are an emergency contact',
      default: 'Alert Button: you are on the list of emergency contacts of someone close to you.',
      sms: 'Alert Button: {name} chose you as a contact. If it is pressed, you get an ALERT text.',
      stop: {
        tollFree: 'No texts wanted? Tell them; on this number only STOP works.',
        other: 'No texts wanted? Tell them and they take you off the list.',
        unknown: 'No texts wanted? Tell them; on 800 numbers only STOP works.',
      },
    },
    'alert.raised.v1': {
      default: {
        actual: 'ALERT: an Alert Button was pressed. The details are in the text message and email to its contacts.',
        drill: 'DRILL of an Alert Button. There is no emergency.',
      },
      sms: {
        actual: {
          opening: "ALERT from {name}'s button: possible detention, {when}.",
          notifyingConsulate: 'The consulate is being notified.',
          notifyingMinistry: "Mexico's foreign ministry is being notified.",
          notAuthorised: 'No consulate is told, as they chose. Look for an immigration lawyer.',
        },
        drill: {
          opening: "DRILL of {name}'s button, {when}. Not real.",
          notifyingConsulate: 'The consulate is being notified.',
          notifyingMinistry: "Mexico's foreign ministry is being notified.",
          notAuthorised: 'No consulate is told, as they chose.',
        },
        when: '{pressed}',
        whenLate: 'pressed {pressed}, received {received}',
        nearest: 'Nearest: {city}.',
        phone: 'Info: {phone}',
        link: '{link}',
      },
      email: {
        actual: {
          subject: "ALERT from {name}'s button: possible detention, {when}",
          whatHappened:
            "WHAT HAPPENED\n{name}'s Alert Button was pressed. Whoever presses it asks for help because they fear being detained, or because it is already happening. That is all that is known right now; it may also have been pressed by accident.",
          notifyingConsulate:
            "WHO IS BEING TOLD\n{name} authorized telling the consulate. The Mexican consulate and Mexico's foreign ministry are being notified. This message does not confirm that anyone there has read it yet.",
          notifyingMinistry:
            "WHO IS BEING TOLD\n{name} authorized telling the consulate. As it is not known which consulate is near, Mexico's foreign ministry is being notified. This message does not confirm that anyone there has read it yet.",
          notAuthorised:
            'WHO IS BEING TOLD\nOnly the contacts whom {name} chose, like you. No consulate or other Mexican authority is told, because {name} did not authorize it when registering.',
          stepsTitle: 'WHAT YOU CAN DO NOW',
        },
        drill: {
          subject: "DRILL of {name}'s button, {when}: not real",
          whatHappened:
            "DRILL: THIS IS A REHEARSAL\nThere is no emergency and you do not have to do anything. {name}'s Alert Button was pressed in drill mode, to check that messages arrive and to show you what one looks like.",
          notifyingConsulate:
            "WHO IS BEING TOLD\n{name} authorized telling the consulate. The Mexican consulate and Mexico's foreign ministry are being notified, as a drill as well.",
          notifyingMinistry:
            "WHO IS BEING TOLD\n{name} authorized telling the consulate. As it is not known which consulate is near, Mexico's foreign ministry is being notified, as a drill as well.",
          notAuthorised:
            'WHO IS BEING TOLD\nOnly the contacts whom {name} chose, like you. No consulate or other Mexican authority is told, because {name} did not authorize it when registering.',
          stepsTitle: 'WHAT YOU COULD DO IN A REAL ALERT',
        },
        when: 'WHEN\n{pressed}.',
        whenLate: 'WHEN\nPressed: {pressed}.\nThe alert took time to arrive; we received it: {received}.',
        noPosition: 'We do not have the location of the phone.',
        nearest: 'NEAREST CONSULATE (for your information)\n{office}',
        nearestToHome: 'CONSULATE NEAREST TO THE REGISTERED HOME (for your information)\n{office}',
        officePhone: 'Phone for information: {phone}',
        deskPhone: 'Phone for information, 24 hours: {phone} ({desk})',
        deskWithoutAuthorisation:
          "BEFORE YOU CALL A CONSULATE\nThink of that decision: some people do not want their country's authorities to know about them. If you can, ask a lawyer first. As general information only: the Mexican government's help line answers 24 hours at {phone} ({desk}).",
        callStep:
          "Call {phone}, say that {name}'s Alert Button was pressed, and ask what is known and what they need from you.",
        steps: [
          'Keep your phone charged and answer numbers you do not know as well: it may be {name}, or someone calling for them.',
          'Have these details of {name} at hand: full name as on their documents, date and place of birth and, if you know it, their A-number (nine digits).',
          "If there was a detention, look for {name} in ICE's locator: https://locator.ice.gov/ (it can take 8 to 48 hours to show). Try both last names, a hyphen between them, and no accents.",
          'Talk to a licensed immigration lawyer. Be wary of anyone who asks for money by phone: this service never does.',
          "Do not send anything sensitive to {name}'s phone (addresses, documents, who else lives in the home): someone else may have it.",
        ],
        link: 'MORE INFORMATION\n{link}',
        footer: 'For safety this message does not say where the person is. It is automatic: nobody reads replies.',
      },
    },
  },
};
