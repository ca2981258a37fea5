import type { Construct } from 'constructs';
import { envNames } from '../shared/names.ts';
import type { Config } from './config.ts';
import type { AlertTable } from './constructs/alert-table.ts';
import type { FamilyTopics } from './constructs/family-topics.ts';
import { ServiceFunction } from './constructs/service-function.ts';

/** What the functions that show something are given access to. */
export type ReadingFunctionsProps = {
  readonly config: Config;
  readonly table: AlertTable;
  readonly familyTopics: FamilyTopics;
};

export type ReadingFunctions = Record<'serveCase' | 'serveApp' | 'answerQueries', ServiceFunction>;

/** The functions that show something: pages, the app, answers to questions. Officers act on the pages. */
export const readingFunctions = (
  scope: Construct,
  { config, table, familyTopics }: ReadingFunctionsProps,
): ReadingFunctions => {
  const serveCase = new ServiceFunction(scope, 'ServeCase', {
    name: 'serve-case',
    description: 'The pages behind the links in messages, for officers and families',
    impact: 'Officers cannot open or acknowledge a case; the alert goes on to the next office and the ministry.',
    timeoutSeconds: 10,
    memoryMegabytes: 1024,
  });
  table.grantChanging(serveCase);
  table.grantFindingOpenCases(serveCase);
  serveCase.setVariable(envNames.retentionDays, String(config.retentionDays));

  const serveApp = new ServiceFunction(scope, 'ServeApp', {
    name: 'serve-app',
    description: "GET /: the person's app",
    impact: 'Nobody can install the app; phones that have it open their own copy and press as ever.',
    timeoutSeconds: 10,
  });
  if (config.registrationCode) serveApp.setVariable(envNames.asksForCode, 'yes');

  const answerQueries = new ServiceFunction(scope, 'AnswerQueries', {
    name: 'answer-queries',
    description: 'Everything that only reads, and unknown paths',
    impact: 'Phones cannot show the state of an alert or the nearest consulates; presses go through.',
    timeoutSeconds: 10,
  });
  table.grantReading(answerQueries);
  familyTopics.grantReadingSubscriptions(answerQueries);
  return { serveCase, serveApp, answerQueries };
};
