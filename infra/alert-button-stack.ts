import { type StackProps, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type EnvName, envNames } from '../shared/names.ts';
import type { Office } from '../shared/data/consulate-data.ts';
import { apiRoutes } from './api-routes.ts';
import type { Config } from './config.ts';
import { AlertTable } from './constructs/alert-table.ts';
import { Canary } from './constructs/canary.ts';
import { Edge } from './constructs/edge.ts';
import { EncryptionKey } from './constructs/encryption-key.ts';
import { FamilyTopics } from './constructs/family-topics.ts';
import { Geosearch } from './constructs/geosearch.ts';
import { HttpApi } from './constructs/http-api.ts';
import { OperatorAlarms } from './constructs/operator-alarms.ts';
import { OperatorDashboard } from './constructs/operator-dashboard.ts';
import { PinKey } from './constructs/pin-key.ts';
import { ReservedConcurrency } from './constructs/reserved-concurrency.ts';
import type { ServiceFunction } from './constructs/service-function.ts';
import { addOutputs } from './outputs.ts';
import { phoneFunctions } from './phone-functions.ts';
import { readingFunctions } from './reading-functions.ts';
import { tellingFunctions } from './telling-functions.ts';

export type AlertButtonStackProps = StackProps & {
  readonly config: Config;
  readonly offices: readonly Office[];
};

/** Tells a function whom people are given to call, if the operator set somebody. */
const setLine = (one: ServiceFunction, line: Config['desk'], nameVariable: EnvName, phoneVariable: EnvName): void => {
  if (!line) return;
  one.setVariable(nameVariable, line.name);
  one.setVariable(phoneVariable, line.phone);
};

/** How long the watchman waits for an officer. */
const setPatience = (watchman: ServiceFunction, { escalationMinutes, attentionMinutes }: Config): void => {
  const { acknowledged, locating, other } = attentionMinutes;
  watchman.setVariable(envNames.escalationMinutes, escalationMinutes.join(','));
  watchman.setVariable(envNames.attentionMinutes, [acknowledged, locating, other].join(','));
};

/** The name by which people know the edge, if the operator has one for it. */
const ownName = ({ publicUrl, edgeCertificateArn: certificateArn }: Config) =>
  publicUrl !== undefined && certificateArn !== undefined
    ? { host: new URL(publicUrl).host, certificateArn }
    : undefined;

/** The whole backend, as the picture in the README shows it. Each group of functions says who may do what. */
export class AlertButtonStack extends Stack {
  constructor(scope: Construct, id: string, props: AlertButtonStackProps) {
    super(scope, id, props);
    const { config, offices } = props;
    const retain = config.deletionProtection;
    const kept = { retain, multiRegion: config.replicableKeys };

    const key = new EncryptionKey(this, 'Encryption', kept);
    const alarms = new OperatorAlarms(this, 'Alarms', { key, config });
    const table = new AlertTable(this, 'Data', { key, deletionProtection: retain });
    const pinKey = new PinKey(this, 'Pins', kept);
    const geosearch = new Geosearch(this, 'Geosearch', { offices: offices.filter(({ status }) => status === 'open') });
    const familyTopics = new FamilyTopics(this, 'FamilyTopics', { key, config });

    const phone = phoneFunctions(this, { config, table, pinKey, geosearch, familyTopics });
    const reading = readingFunctions(this, { config, table, familyTopics });
    const telling = tellingFunctions(this, { config, key, offices, table, geosearch, familyTopics, alarms });
    const { announceToFamily, announceToAuthorities, watchman, sendDrill, subscribeOffice, consulateTopics } = telling;
    const api = new HttpApi(this, 'HttpApi', { alarms, ...apiRoutes(phone, reading) });

    const edge = config.edge ? new Edge(this, 'Edge', { alarms, apiUrl: api.url, named: ownName(config) }) : undefined;
    const { registerFamily, manageFamily } = phone;
    for (const one of [registerFamily, manageFamily, ...Object.values(reading)]) edge?.guard(one);

    // Only CloudFormation knows the API's URL. Set after the API, so that the functions do not wait for each other.
    const announcers = [announceToFamily, announceToAuthorities, watchman];
    const everyMinutes = config.canaryMinutes;
    const canary = everyMinutes > 0 ? [new Canary(this, 'Canary', { table, key, alarms, everyMinutes }).function] : [];
    for (const one of [...announcers, ...canary]) {
      one.setVariable(envNames.publicUrl, edge?.url ?? config.publicUrl?.replace(/\/+$/, '') ?? api.url);
    }
    // An update changes what reads links before what makes them.
    for (const one of announcers) one.function.node.addDependency(reading.serveCase.function);
    setPatience(watchman, config);

    const { raiseAlert: _raiseAlert, ...answering } = phone;
    for (const one of [...Object.values(answering), ...Object.values(reading), ...announcers, sendDrill]) {
      setLine(one, config.desk, envNames.deskName, envNames.deskPhone);
      setLine(one, config.legalHelp, envNames.legalHelpName, envNames.legalHelpPhone);
    }

    const reserved = new ReservedConcurrency(this, 'Reserved', {
      wishes: [
        // Where the operator has set it, the template keeps the press's.
        ...(config.reservedConcurrency === undefined ? [{ of: phone.raiseAlert, executions: 200 }] : []),
        { of: announceToFamily, executions: 100 },
        { of: announceToAuthorities, executions: 100 },
        { of: reading.serveCase, executions: 100 },
      ],
    });
    const functions = [...Object.values(phone), ...Object.values(reading), ...announcers, geosearch.seeder, sendDrill];
    functions.push(subscribeOffice, reserved.reserver, ...canary);
    const press = phone.raiseAlert;
    alarms.watchPress(press);
    const shown = { alarms, api, press, watchman, canary: canary[0], functions };
    addOutputs(this, {
      config,
      table,
      alarms,
      apiUrl: api.url,
      edge,
      concurrency: reserved.summary,
      dashboardUrl: new OperatorDashboard(this, 'Dashboard', shown).url,
      sendDrill,
      subscribeOffice,
      consulateTopics,
    });
  }
}
