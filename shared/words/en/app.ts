import type { AppWords } from '../es/app.ts';

export const englishApp: AppWords = {
  looks: {
    button: { name: 'Alert Button', short: 'Button' },
    calculator: { name: 'Calculator', short: 'Calculator' },
  },
  bar: { back: 'Back', otherLanguage: 'Español', listen: 'Listen', quiet: 'Stop reading' },
  next: 'Continue',
  done: 'Done',
  save: 'Save',
  remove: 'Remove',
  change: 'Change',
  print: 'Print',
  wait: 'One moment…',
  saved: 'Saved.',
  optional: 'If you do not want this, leave it empty and go on with “Continue”.',
  problems: {
    lost: 'There was no answer. Check the signal and try again.',
    failed: 'Something failed on our side. Try again in a moment.',
    busy: 'There are too many requests right now. Try again in a minute.',
    wrongPin: 'That is not the PIN, or there were too many tries: then wait 15 minutes.',
    unknownPhone: 'The service does not know this phone any more. Go back to the start and use “Recover my button”.',
    openAlert: 'While an alert is open this cannot be changed.',
    field: 'Check this.',
    check: 'Check what is marked.',
    empty: 'This is missing.',
    choose: 'Choose an answer.',
  },
  start: {
    intro: 'If you are about to be detained, tell the people you choose with one button.',
    create: 'Set up my button',
    code: 'I have a code',
    recover: 'Recover my button',
  },
  install: {
    title: 'Install on this phone',
    iphoneFirst: 'On an iPhone, install first: what you type here does not reach the installed app.',
    iphone: [
      'Tap Safari’s share button (a square with an arrow pointing up).',
      'Choose “Add to Home Screen”, then “Add”.',
      'Open the button from the home screen and go on there.',
    ],
    android: ['Open the browser’s menu (three dots).', 'Choose “Install app” or “Add to home screen”.'],
    button: 'Install',
    skip: 'Go on without installing',
    code: 'Write down the workshop code, the app will ask for it: {code}',
  },
};
