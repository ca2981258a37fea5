import type { StackProps } from 'aws-cdk-lib/core';
import { CfnOutput, Stack } from 'aws-cdk-lib/core';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import { createHash } from 'node:crypto';
import { envNames, outputNames } from '../shared/names.ts';
import type { Office } from '../shared/data/consulate-data.ts';
import type { Config } from './config.ts';
import { AlertTable } from './constructs/alert-table.ts';
import { Canary } from './constructs/canary.ts';
import { ConsulateTopics } from './constructs/consulate-topics.ts';
import { EncryptionKey } from './constructs/encryption-key.ts';
import { FamilyTopics } from './constructs/family-topics.ts';
import { Geosearch } from './constructs/geosearch.ts';
import { HttpApi } from './constructs/http-api.ts';
import { OperatorAlarms } from './constructs/operator-alarms.ts';
import { ServiceFunction } from './constructs/service-function.ts';
import { PinKey } from './constructs/pin-key.ts';
import { StreamConsumer } from './constructs/stream-consumer.ts';
import { Watchman } from './constructs/watchman.ts';

export type AlertButtonStackProps = StackProps & {
  readonly config: Config;
  readonly offices: readonly Office[];
};

/** The whole backend, as the picture in the README shows it, with who may do what. */
export class AlertButtonStack extends Stack {
  constructor(scope: Construct, id: string, props: AlertButtonStackProps) {
    super(scope, id, props);
    const { config, offices } = props;

    const key = new EncryptionKey(this, 'Encryption', { retain: config.deletionProtection });
    const alarms = new OperatorAlarms(this, 'Alarms', { key, config });
    const table = new AlertTable(this, 'Data', { key, deletionProtection: config.deletionProtection });
    const pinKey = new PinKey(this, 'Pins', { retain: config.deletionProtection });
    const geosearch = new Geosearch(this, 'Geosearch', { offices: offices.filter(({ status }) => status === 'open') });
    const familyTopics = new FamilyTopics(this, 'FamilyTopics', { key, config });

    const raiseAlert = new ServiceFunction(this, 'RaiseAlert', {
      name: 'raise-alert',
      description: 'POST /v1/alerts: the press, one read and one conditional write',
      impact: 'A person pressed the button and got an error; the phone retries with the same id.',
      timeoutSeconds: 10,
      // The cold start is most of a rare press, and CPU grows with memory.
      memoryMegabytes: 1024,
      reservedConcurrency: config.reservedConcurrency,
    });
    table.grantPress(raiseAlert);

    const registerFamily = new ServiceFunction(this, 'RegisterFamily', {
      name: 'register-family',
      description: 'POST /v1/families',
      impact: 'A family could not register and stays without a button until it tries again.',
      timeoutSeconds: 10,
      // PINs are hashed slowly on purpose.
      memoryMegabytes: 1024,
    });
    table.grantRegistration(registerFamily);
    pinKey.grantHashing(registerFamily);
    registerFamily.setVariable(envNames.smsCountryCodes, config.smsCountryCodes.join(','));
    if (config.registrationCode) {
      const hash = createHash('sha256').update(config.registrationCode).digest('hex');
      registerFamily.setVariable(envNames.registrationCodeHash, hash);
    }

    const cancelAlert = new ServiceFunction(this, 'CancelAlert', {
      name: 'cancel-alert',
      description: 'POST /v1/alerts/{alertId}/cancel, with the PIN or the duress PIN',
      impact: 'An alert could not be cancelled, or a person could not signal that they are forced; phones retry.',
      timeoutSeconds: 15,
      // Two slow hashes a try: 1,769 MB is one whole CPU.
      memoryMegabytes: 1769,
    });
    table.grantCases(cancelAlert);
    pinKey.grantHashing(cancelAlert);
    cancelAlert.setVariable(envNames.retentionDays, String(config.retentionDays));

    const manageFamily = new ServiceFunction(this, 'ManageFamily', {
      name: 'manage-family',
      description: 'POST /v1/family/*: contacts, phones and erasing, with the PIN or the duress PIN',
      impact: 'Contacts and phones cannot be changed, nothing can be erased; phones retry. Presses go through.',
      timeoutSeconds: 15,
      // Two slow hashes a try: 1,769 MB is one whole CPU.
      memoryMegabytes: 1769,
    });
    table.grantManagingFamily(manageFamily);
    pinKey.grantHashing(manageFamily);
    manageFamily.setVariable(envNames.smsCountryCodes, config.smsCountryCodes.join(','));

    const manageCheckIns = new ServiceFunction(this, 'ManageCheckIns', {
      name: 'manage-check-ins',
      description: '/v1/check-ins: promises to say OK by a time, answered with the PIN or the duress PIN',
      impact:
        'Nobody can promise or say OK: alerts of check-ins are raised although people are well, and nobody can signal by one that they are forced.',
      timeoutSeconds: 15,
      memoryMegabytes: 1769,
    });
    table.grantCheckIns(manageCheckIns);
    pinKey.grantHashing(manageCheckIns);
    manageCheckIns.setVariable(envNames.retentionDays, String(config.retentionDays));

    const serveCase = new ServiceFunction(this, 'ServeCase', {
      name: 'serve-case',
      description: 'The pages behind the links in messages, for officers and families',
      impact: 'Officers cannot open or acknowledge a case; the alert goes on to the next office and the ministry.',
      timeoutSeconds: 10,
      memoryMegabytes: 1024,
    });
    table.grantCases(serveCase);
    table.grantFindingOpenCases(serveCase);
    serveCase.setVariable(envNames.retentionDays, String(config.retentionDays));

    const serveApp = new ServiceFunction(this, 'ServeApp', {
      name: 'serve-app',
      description: 'GET /: the person’s app',
      impact: 'Nobody can install the app; phones that have it open their own copy and press as ever.',
      timeoutSeconds: 10,
    });
    if (config.registrationCode) serveApp.setVariable(envNames.asksForCode, 'yes');

    const answerQueries = new ServiceFunction(this, 'AnswerQueries', {
      name: 'answer-queries',
      description: 'Everything that only reads, and unknown paths',
      impact: 'Phones cannot show the state of an alert or the nearest consulates; presses go through.',
      timeoutSeconds: 10,
    });
    table.grantReading(answerQueries);
    familyTopics.grantReadingSubscriptions(answerQueries);

    const announceToFamily = new ServiceFunction(this, 'AnnounceToFamily', {
      name: 'announce-to-family',
      description: 'Stream: makes family topics, welcomes contacts, tells families',
      impact: 'A family hears of an alert a minute or more late, from the watchman.',
      timeoutSeconds: 60,
    });
    familyTopics.grantAnnouncing(announceToFamily);
    table.grantDelivering(announceToFamily);
    table.grantErasing(announceToFamily);

    const announceToAuthorities = new ServiceFunction(this, 'AnnounceToAuthorities', {
      name: 'announce-to-authorities',
      description: 'Stream: chooses the office, tells it and the ministry',
      impact: 'A consulate or the ministry hears of an alert a minute or more late, from the watchman.',
      timeoutSeconds: 60,
    });
    const watchman = new Watchman(this, 'Safety', { alarms }).function;
    familyTopics.grantAnnouncing(watchman);
    familyTopics.grantReadingSubscriptions(watchman);
    familyTopics.grantReadingOptOuts(watchman);
    table.grantFindingDue(watchman);
    table.grantErasing(watchman);

    const sendDrill = new ServiceFunction(this, 'SendDrill', {
      name: 'send-drill',
      description: 'Invoked by npm run consulate -- test: tries whether offices hear, marked as a drill',
      impact: 'A test message did not go out, so nobody knows whether that office would hear. Alerts are not affected.',
      timeoutSeconds: 60,
    });

    const consulateTopics = new ConsulateTopics(this, 'ConsulateTopics', {
      key,
      offices,
      config,
      publishers: [announceToAuthorities, watchman, sendDrill],
    });
    consulateTopics.grantPublishing(sendDrill);
    for (const announcer of [announceToAuthorities, watchman]) {
      consulateTopics.grantPublishing(announcer);
      geosearch.grantSearching(announcer);
      table.grantDelivering(announcer);
    }

    const recordPositions = new ServiceFunction(this, 'RecordPositions', {
      name: 'record-positions',
      description: 'POST /v1/alerts/{alertId}/positions: keeps the track; a first position decides the office',
      impact: 'Officers do not see where a phone went after the press; phones send the positions again.',
      timeoutSeconds: 10,
    });
    table.grantCases(recordPositions);
    table.grantTrack(recordPositions);
    recordPositions.setVariable(envNames.retentionDays, String(config.retentionDays));
    geosearch.grantSearching(recordPositions);

    new StreamConsumer(this, 'FamilyStream', {
      table,
      alarms,
      consumer: announceToFamily,
      impact: announceToFamily.impact,
    });
    new StreamConsumer(this, 'AuthoritiesStream', {
      table,
      alarms,
      consumer: announceToAuthorities,
      impact: announceToAuthorities.impact,
    });

    const api = new HttpApi(this, 'HttpApi', {
      alarms,
      routes: [
        { method: HttpMethod.POST, path: '/v1/alerts', target: raiseAlert },
        { method: HttpMethod.GET, path: '/v1/alerts/{alertId}', target: answerQueries },
        { method: HttpMethod.POST, path: '/v1/alerts/{alertId}/cancel', target: cancelAlert },
        { method: HttpMethod.POST, path: '/v1/alerts/{alertId}/positions', target: recordPositions },
        { method: HttpMethod.POST, path: '/v1/check-ins', target: manageCheckIns, perSecond: 50 },
        { method: HttpMethod.GET, path: '/v1/check-ins', target: manageCheckIns, perSecond: 50 },
        // No limit, as for cancelling: an OK must arrive in time, and wrong PINs lock.
        { method: HttpMethod.POST, path: '/v1/check-ins/{checkInId}/ok', target: manageCheckIns },
        { method: HttpMethod.POST, path: '/v1/check-ins/{checkInId}/end', target: manageCheckIns },
        { method: HttpMethod.POST, path: '/v1/families', target: registerFamily, perSecond: 10 },
        // Without a limit, floods on these would use up the concurrency that the press needs.
        { method: HttpMethod.GET, path: '/v1/family', target: answerQueries, perSecond: 50 },
        ...[
          '/v1/family/contacts',
          '/v1/family/contacts/{contactId}/remove',
          '/v1/family/devices',
          '/v1/family/devices/{deviceId}/revoke',
          '/v1/family/erase',
        ].map((path) => ({ method: HttpMethod.POST, path, target: manageFamily, perSecond: 10 })),
        { method: HttpMethod.GET, path: '/v1/consulates', target: answerQueries, perSecond: 50 },
        { method: HttpMethod.GET, path: '/v1/rights', target: answerQueries, perSecond: 50 },
        { method: HttpMethod.GET, path: '/openapi.json', target: answerQueries, perSecond: 50 },
        { method: HttpMethod.GET, path: '/c/{token}', target: serveCase, perSecond: 100 },
        { method: HttpMethod.POST, path: '/c/{token}/{action}', target: serveCase, perSecond: 100 },
        { method: HttpMethod.GET, path: '/o/{token}', target: serveCase, perSecond: 20 },
        { method: HttpMethod.GET, path: '/f/{token}', target: serveCase, perSecond: 100 },
        { method: HttpMethod.POST, path: '/f/{token}/{action}', target: serveCase, perSecond: 100 },
        ...['/', '/app/{file}', '/sw.js', '/manifest.webmanifest'].map((path) => ({
          method: HttpMethod.GET,
          path,
          target: serveApp,
          perSecond: 100,
        })),
        { method: HttpMethod.GET, path: '/health', target: answerQueries, perSecond: 50 },
      ],
      otherwise: { target: answerQueries, perSecond: 50 },
    });

    // Only CloudFormation knows the API's URL. Set after the API, so that the functions do not wait for each other.
    for (const announcer of [announceToFamily, announceToAuthorities, watchman]) {
      announcer.setVariable(envNames.publicUrl, config.publicUrl?.replace(/\/+$/, '') ?? api.url);
    }
    watchman.setVariable(envNames.escalationMinutes, config.escalationMinutes.join(','));

    const functions = [
      raiseAlert,
      registerFamily,
      cancelAlert,
      manageFamily,
      manageCheckIns,
      serveCase,
      serveApp,
      answerQueries,
      recordPositions,
      announceToFamily,
      announceToAuthorities,
      watchman,
      geosearch.seeder,
      sendDrill,
    ];
    if (config.canaryMinutes > 0) {
      functions.push(new Canary(this, 'Canary', { apiUrl: api.url, everyMinutes: config.canaryMinutes }).function);
    }
    for (const one of functions) alarms.watchFunction(one);

    new CfnOutput(this, outputNames.apiUrl, { value: api.url, description: 'Base URL of the API' });
    new CfnOutput(this, outputNames.alarmTopic, {
      value: alarms.topicArn,
      description: "Topic of the operator's alarms",
    });
    new CfnOutput(this, outputNames.table, { value: table.tableName, description: 'Read by npm run alerts' });
    new CfnOutput(this, outputNames.drillFunction, {
      value: sendDrill.function.functionName,
      description: 'Invoked by npm run consulate -- test',
    });
    new CfnOutput(this, outputNames.escalationMinutes, {
      value: config.escalationMinutes.join(','),
      description: 'Minutes of silence until the next office, and then until the ministry is told',
    });
    new CfnOutput(this, outputNames.officesWithoutSubscribers, {
      value: consulateTopics.withoutSubscribers.join(' ') || 'none',
      description:
        'Open offices, and the ministry, for which cdk.json names no subscriber. Who has confirmed: npm run consulate -- list',
    });
    new CfnOutput(this, outputNames.nextSteps, {
      value: nextSteps(config, api.url),
      description: 'What is left to do by hand',
    });
  }
}

const nextSteps = (config: Config, apiUrl: string): string =>
  [
    config.operatorEmail
      ? `Open the mail that AWS sent to ${config.operatorEmail} and confirm the alarms.`
      : 'Nobody gets the alarms: set operatorEmail in cdk.json and deploy again.',
    'Subscribe the offices: npm run consulate -- list shows which have nobody, subscribe adds one, confirm confirms it, test tries it.',
    ...(config.registrationCode
      ? []
      : ['Anybody can register and so send SMS: set registrationCode in cdk.json before the address is public.']),
    `Register the first family: open ${apiUrl} on a phone, or POST ${apiUrl}/v1/families (README, "Run it").`,
  ]
    .map((step, index) => `${index + 1}. ${step}`)
    .join(' ');
