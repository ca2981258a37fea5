import type { FamilyWords } from '../family-words.ts';

/** American English, plain words. */
export const family: FamilyWords = {
  someone: 'your relative',
  folio: {
    email: 'CASE REFERENCE (FOLIO)\n{folio}. Say it when you call.',
  },
  call: {
    info: 'Info: {phone}, ref. {folio}',
    please: 'Please call {phone}, ref. {folio}',
    beforeGoing: 'Before you go, call {phone}, ref. {folio}',
    ifNot: 'If it is not so, call {phone}, ref. {folio}',
    notCalled: 'If they have not called you, call {phone}, ref. {folio}',
  },
  legalHelp: { sms: 'Legal help: {phone}', email: 'LEGAL HELP\n{help}: {phone}' },
  casePage:
    'CASE PAGE\n{link}\nThere you can see what is known, and tell the other contacts that you have seen it or what you will do. It is only for you and them: do not share the link.',
  updates: {
    default: 'There is news of an Alert Button. The details are in the text message and email to its contacts.',
    opening: {
      actual: { subject: 'Alert of {name}:', sms: '{name}:' },
      drill: { subject: 'DRILL, alert of {name}:', sms: 'DRILL, {name}:' },
      'missed-check-in': { subject: 'No OK from {name}:', sms: '{name} (no OK came):' },
      'said-taken': { subject: 'Alert from {name}:', sms: '{name}:' },
    },
    notice: {
      'missed-check-in':
        'Nobody pressed the button: this alert went out because the OK that {name} had promised did not come.',
      'said-taken': 'Nobody pressed the button: this alert went out because a contact said that {name} was taken.',
    },
    drillNotice:
      'DRILL: THIS IS A REHEARSAL\nThere is no emergency and you do not have to do anything. This is how the message would look in a real alert.',
    drillStepsTitle: 'WHAT YOU COULD DO IN A REAL ALERT',
    office: {
      consulate: 'the {city} consulate',
      unknown: 'the consulate',
      ministry: "Mexico's foreign ministry",
    },
    toldOffice: {
      consulate: 'the {city} consulate',
      unknown: 'the consulate',
      ministry: "Mexico's foreign ministry",
    },
    shortOffice: { consulate: 'the consulate', ministry: 'the ministry' },
    others: {
      sms: 'The same for their other alert, ref. {folios}.',
      email:
        'ANOTHER ALERT OF THE SAME PERSON\nThe same is true of reference {folios}. Its page is in the message that brought that alert.',
    },
    note: { sms: '"{note}"', email: 'WHAT THE CONSULAR SERVICE WRITES TO YOU\n{note}' },
    officeTitle: 'OFFICE\n{office}',
    footer: 'This message is automatic: nobody reads replies.',
  },
  welcome: {
    subject: 'Alert Button: you are an emergency contact',
    default: 'Alert Button: you are on the list of emergency contacts of someone close to you.',
    sms: 'Alert Button: {name} chose you as a contact. If it is pressed, you get an ALERT text.',
    stop: {
      tollFree: 'No texts wanted? Tell them; on this number only STOP works.',
      other: 'No texts wanted? Tell them and they take you off the list.',
      unknown: 'No texts wanted? Tell them; on 800 numbers only STOP works.',
    },
  },
  listChanged: {
    default: 'An Alert Button of which you are a contact was changed. The details are in the SMS and the email.',
    changes: {
      'contact-added': {
        subject: 'Alert Button of {name}: a contact was added',
        sms: 'Alert Button of {name}: a contact was added. You are still on the list.',
        email:
          "A CONTACT WAS ADDED\nSomebody was added to {name}'s Alert Button who will get the alerts as well. You are still on the list and need not do anything.",
      },
      'contact-changed': {
        subject: 'Alert Button of {name}: a contact was changed',
        sms: "Alert Button of {name}: a contact's details were changed. You are still on the list.",
        email:
          "A CONTACT WAS CHANGED\nThe details of one of the people who get the alerts of {name}'s Alert Button were changed. You are still on the list and need not do anything.",
      },
      'contact-removed': {
        subject: 'Alert Button of {name}: a contact was removed',
        sms: 'Alert Button of {name}: a contact was removed. You are still on the list.',
        email:
          "A CONTACT WAS REMOVED\nSomebody was removed from {name}'s Alert Button and will not get the alerts any more. You are still on the list and need not do anything.",
      },
      'device-added': {
        subject: 'Alert Button of {name}: a phone was added',
        sms: 'Alert Button of {name}: it can now be pressed on another phone as well.',
        email:
          "A PHONE WAS ADDED\n{name}'s Alert Button can now be pressed on another phone as well. You are still on the list and need not do anything.",
      },
      'device-revoked': {
        subject: 'Alert Button of {name}: a phone was removed',
        sms: 'Alert Button of {name}: it can no longer be pressed on one of the phones.',
        email:
          "A PHONE WAS REMOVED\n{name}'s Alert Button can no longer be pressed on one of the phones. You are still on the list and need not do anything.",
      },
      'device-replaced': {
        subject: 'Alert Button of {name}: its phone changed',
        sms: 'Alert Button of {name}: it is on another phone now. The one before cannot press it.',
        email:
          "THE PHONE CHANGED\n{name}'s Alert Button is on another phone now. The phones before can no longer press it. You are still on the list and need not do anything.",
      },
      erased: {
        subject: 'Alert Button of {name}: erased',
        sms: 'The Alert Button of {name} was erased. You will get no more alerts from it.',
        email:
          "THE ALERT BUTTON WAS ERASED\n{name}'s Alert Button was erased, with the list of contacts. You will get no more alerts or other messages. Thank you for having been there.",
      },
    },
    smsAdvice: 'If you did not expect this, ask them in person.',
    stepsTitle: 'IF YOU DID NOT EXPECT THIS',
    steps: {
      changed: [
        'Talk to {name}, alone if you can: this change takes their phone and a PIN.',
        'If {name} did not want it, they can undo it on their phone with their PIN, or register again.',
      ],
      erased: [
        'Talk to {name}, alone if you can: erasing takes their phone and a PIN.',
        'If {name} did not want it, they can register again. Until then they have no button.',
      ],
    },
  },
  press: {
    default: {
      actual: 'ALERT: an Alert Button was pressed. The details are in the text message and email to its contacts.',
      drill: 'DRILL of an Alert Button. There is no emergency.',
    },
    sms: {
      actual: {
        opening: 'ALERT from {name}: possible detention, {when}.',
        lawyer: 'Find an immigration lawyer now.',
        lawyerAt: 'Find an immigration lawyer now: {phone}.',
      },
      drill: {
        opening:
          'DRILL of {name}, {when}. Not real: call nobody, just tell them that you got it. A real one would say ALERT and whom to call.',
      },
      notifyingConsulate: 'The {city} consulate is being notified.',
      notifyingMinistry: "Mexico's foreign ministry is being notified.",
      nobodyHears: 'No consulate here receives alerts.',
      caution: 'Do not go there if you are at risk.',
      short: {
        text: 'ALERT {name}: possible detention {time}. Telling {told}. Tel {phone}, ref {folio}',
        consulate: '{city} consulate',
        ministry: 'the ministry',
      },
      when: '{pressed}',
      whenLate: 'pressed {pressed}, received {received}',
      whenUnknown: 'received {pressed}, pressed at an unknown time',
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
        nobodyHears:
          'WHO IS BEING TOLD\n{name} authorized telling the consulate, but no Mexican office here receives these alerts at the moment. Call them yourself: that is how they will know.',
        stepsTitle: 'WHAT YOU CAN DO NOW',
      },
      drill: {
        subject: "DRILL of {name}'s button, {when}: not real",
        whatHappened:
          "DRILL: THIS IS A REHEARSAL\nThere is no emergency and you do not have to do anything. {name}'s Alert Button was pressed in drill mode, to check that messages arrive and to show you what one looks like.",
        told: 'WHO IS BEING TOLD\nOnly the contacts whom {name} chose, like you. It is a rehearsal: nobody else is told.',
        wouldTellOffice: "In a real alert Mexico's foreign ministry and this office would be told as well: {office}.",
        wouldTellMinistry: "In a real alert Mexico's foreign ministry would be told as well.",
        stepsTitle: 'WHAT TO DO NOW',
        steps: [
          'Call nobody. Just tell {name} that you got this message.',
          'Look at what it is like: a real alert begins with ALERT and says whom to call.',
          'Have these details of {name} at hand: full name as on their documents, date and place of birth and, if you know it, their A-number (nine digits).',
        ],
      },
      toContacts: 'WHO IS BEING TOLD\nThe contacts whom {name} chose, like you.',
      when: 'WHEN\n{pressed}.',
      whenLate: 'WHEN\nPressed: {pressed}.\nThe alert took time to arrive; we received it: {received}.',
      whenUnknown: 'WHEN\nWe received it: {pressed}. When it was pressed is not known.',
      noPosition: 'We do not have the location of the phone.',
      nearest: 'CONSULATE BEING NOTIFIED (for your information)\n{office}',
      nearestToHome: 'CONSULATE BEING NOTIFIED, BY THE REGISTERED HOME (for your information)\n{office}',
      officePhone: 'Phone for information: {phone}',
      deskPhone: 'Phone for information, 24 hours: {phone} ({desk})',
      callStep:
        "Call {phone}, say that {name}'s Alert Button was pressed, and ask what is known and what they need from you.",
      steps: [
        'Keep your phone charged and answer numbers you do not know as well: it may be {name}, or someone calling for them.',
        'Have these details of {name} at hand: full name as on their documents, date and place of birth and, if you know it, their A-number (nine digits).',
        "If there was a detention, look for {name} in ICE's locator: https://locator.ice.gov/ (it can take 8 to 48 hours to show). Try both last names, a hyphen between them, and no accents.",
        'Talk to a licensed immigration lawyer. Be wary of anyone who asks for money by phone: this service never does.',
      ],
      phoneStep:
        "Do not send anything sensitive to {name}'s phone (addresses, documents, who else lives in the home): someone else may have it.",
      footer: 'For safety this message does not say where the person is. It is automatic: nobody reads replies.',
    },
    origins: {
      label: 'What they wrote about it: {label}',
      callStep:
        "Call {phone}, say that {name}'s alert went out although nobody pressed the button, and ask what is known and what they need from you.",
      'said-taken': {
        default:
          'ALERT: a contact said that somebody was taken. The details are in the text message and email to its contacts.',
        sms: 'ALERT from {name}: a contact said they were taken, {raised}. Nobody pressed the button.',
        subject: 'ALERT from {name}: a contact said they were taken, {raised}',
        whatHappened:
          'WHAT HAPPENED\nA contact of {name} said that they were taken. Nobody pressed the button: their phone may have been taken before. This is all that is known now.',
        when: 'WHEN\nThe contact said so: {raised}.',
        steps: ['Ask whoever said so what they saw, where and at what time, and say it when you call.'],
      },
      'missed-check-in': {
        default: 'ALERT: a promised OK did not come. The details are in the text message and email to its contacts.',
        sms: 'ALERT from {name}: no OK, promised for {promised}. Nobody pressed the button.',
        subject: 'ALERT from {name}: no OK came, {promised}',
        whatHappened:
          'WHAT HAPPENED\n{name} promised to say OK no later than {promised}, and did not. Nobody pressed the button: the alert went out by itself, because {name} asked for it in case they could not tell you. It may be forgotten, a phone without charge or signal, or a detention. That is all that is known right now.',
        when: 'WHEN\nOK promised no later than: {promised}.\nThe alert went out: {raised}.',
        steps: [
          'Call {name}. If they answer, ask something that only {name} knows, notice whether they can speak freely, and ask them to take the alert back with their PIN. A written message is not enough.',
        ],
      },
    },
  },
  trusted: {
    subject: 'A message for you',
    default: 'A message for you.',
    sms: {
      call: 'Message: when you can talk alone, call {phone} and give the number {folio}.',
      help: 'Message: when you are alone, open this link or call {phone}.',
      open: 'Message: when you are alone, open this link.',
    },
    email: {
      call: 'Message: when you can talk alone, call {phone} and give the number {folio}.',
      help: 'Message: when you are alone, open this link or call {phone}.',
      open: 'Message: when you are alone, open the link.',
      link: 'Open it only when nobody else sees the screen:\n{link}',
      care: 'Do not forward this message, and do not write about it to anybody.',
    },
    welcome: {
      subject: 'Something {name} asks of you',
      sms: '{name} chose you for something that needs trust. Read it alone and keep the link.',
      email: '{name} chose you for something that needs trust. Read it alone and keep this message.',
    },
  },
};
