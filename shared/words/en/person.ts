import type { PersonWords } from '../person-words.ts';

const again = 'Remove this contact and add it again.';

export const person: PersonWords = {
  warnings: {
    'nobody-reachable':
      'If you raised an alert now, it would reach nobody in your family. Mend at least one contact of the list, or add another.',
    'opted-out':
      '{name} gets none of our text messages: their phone answered STOP or another word that ends them. Ask them to text START to the number they came from, or add another phone or a mailbox of theirs. It can take a day to show here.',
    unsubscribed: {
      sms: `{name} is no longer on the list. ${again}`,
      email: `{name} gets no messages any more: somebody opened the link to unsubscribe in one of the emails; virus scanners sometimes do. ${again} They will get an email to confirm.`,
    },
    'not-confirmed':
      '{name} has not confirmed their email and gets nothing until then. Ask them to look for "AWS Notification - Subscription Confirmation", in the spam folder as well, and to open its link.',
    waiting:
      '{name} gets no messages yet: a phone or mailbox is added to at most 5 buttons a day, and this one has been. It is added by itself, mostly within a day. Until then, add somebody else.',
    refused:
      '{name} could not be added yet: the service that sends our messages does not take this phone or mailbox. We ask it again every quarter of an hour. If it stays like this, see whether it is written correctly, or add another. Until then, an alert does not reach them.',
    'second-pin-warns-nobody':
      'A second PIN would warn nobody: you have neither authorized the consulate nor chosen somebody who is to know the truth.',
    'confirmation-expired': `{name} did not confirm their email in time and the link no longer works. ${again} They will get another email: ask them to open its link within two days.`,
  },
  reminder: {
    subject: 'Alert Button: say that you are OK',
    default: 'Alert Button: the time to say that you are OK is almost over.',
    sms: 'Alert Button: say with your PIN that you are OK within {minutes} min{by}{about}. If you do not, your alert is raised.',
    by: ', by {time}',
    about: ' ({label})',
  },
};
