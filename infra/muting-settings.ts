import type { Config } from './config.ts';

/** In the list of regions with Amazon Location, but not in those in which AWS says that SMS are sent (November 2026). */
export const regionsWithoutSms: ReadonlySet<string> = new Set(['eu-south-2', 'ap-southeast-5']);

/** `id` as CDK wants it: for acknowledging the warning. */
export type SettingsWarning = { readonly id: string; readonly text: string };

/** Settings that deploy, and by which somebody may hear nothing. Each says what to do. */
export const warningsOf = (config: Config): readonly SettingsWarning[] => {
  const warnings: SettingsWarning[] = [];
  const add = (id: string, text: string): unknown => warnings.push({ id: `alert-button:${id}`, text });
  const machines = config.consulateSubscribers['ministry']?.some(({ protocol }) => ['https', 'sqs'].includes(protocol));
  if (config.ministry.email && !machines) {
    add(
      'ministry-by-mail-only',
      'The ministry hears by mail alone. SNS suspends a mailbox at ten mails a second; we stay far below, others of the ' +
        'account may not. Add an https or sqs subscriber for "ministry" to consulateSubscribers.',
    );
  }
  if (!config.legalHelp) {
    add(
      'no-legal-help',
      'Families of people who did not authorise consular contact are given no phone to call: set legalHelp, {"name", "phone"}.',
    );
  }
  if (config.smsOriginationNumber && config.smsCountries.some((country) => country !== 'US')) {
    add(
      'origination-number-abroad',
      `smsOriginationNumber sends to ${config.smsCountries.join(', ')} only with "International sending" enabled on it ` +
        'in AWS End User Messaging SMS, and only if a resource policy shares it with SNS.',
    );
  }
  if (regionsWithoutSms.has(config.region)) {
    add(
      'region-without-sms',
      `AWS does not name ${config.region} among the regions that send SMS: contacts with a phone may hear nothing. ` +
        'Choose another region, or try one SMS before anybody registers.',
    );
  }
  if (config.reservedConcurrency !== undefined) {
    add(
      'reserved-concurrency',
      'reservedConcurrency fails the deploy unless the account keeps 100 executions beside it. A new account has 10: ' +
        'raise Lambda’s "Concurrent executions" first.',
    );
  }
  return warnings;
};
