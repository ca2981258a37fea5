import type { Delivery } from '../../shared/domain/case/deliveries.ts';
import { officeOfPress } from '../../shared/domain/case/destinations.ts';
import { folioToSay } from '../../shared/domain/case/folio.ts';
import { isOverdue, minutesOpen, nameOfDelivery, causeOf, stateName, whomToCall, writeMinutes } from './alert-facts.ts';
import type { SeenAlert, AlertRecord } from './alert-items.ts';
import { type Surroundings, alertJson, lastEntry, officeOf, officer, summary } from './alert-report.ts';
import { describeEvent, describePress, words } from './describe-event.ts';
import type { Outcome } from './command-line.ts';
import { textTable } from './text-table.ts';

const writeTime = (time: string): string => time.slice(0, 19).replace('T', ' ');

const after = (time: string | undefined, since: string): string => {
  if (time === undefined) return '';
  const seconds = Math.round((Date.parse(time) - Date.parse(since)) / 1000);
  return seconds < 120 ? `${seconds} s` : writeMinutes(Math.floor(seconds / 60));
};

const told = (deliveries: Readonly<Record<string, Delivery>>, at: string, chosen: string | undefined): string =>
  Object.entries(deliveries)
    .map(([key, delivery]) => {
      const status = delivery.status === 'unreachable' ? 'UNREACHABLE' : delivery.status;
      const took = delivery.at === undefined ? '' : ` after ${after(delivery.at, at)}`;
      return `${nameOfDelivery(key, delivery, chosen)} ${status}${took}`;
    })
    .join(', ') || '-';

/** A check-in that was missed raises the alert by itself. */
const raisedBy = ({ origin }: SeenAlert): string => (origin?.kind === 'missed-check-in' ? 'system' : 'person');

const timelineRows = (record: AlertRecord): string[][] => {
  const { alert, events } = record;
  const { raisedAt } = alert;
  return [
    [
      writeTime(raisedAt),
      '0 s',
      'alert.raised.v1',
      raisedBy(alert),
      describePress(alert),
      told(alert.deliveries, raisedAt, officeOfPress(record)),
    ],
    ...events.map((event) => [
      writeTime(event.at),
      after(event.at, raisedAt),
      event.type,
      event.by.officeId === undefined ? event.by.kind : `${event.by.kind} (${event.by.officeId})`,
      describeEvent(event, record),
      told(event.deliveries, event.at, undefined),
    ]),
  ];
};

const deliveriesJson = (deliveries: Readonly<Record<string, Delivery>>, chosen: string | undefined) =>
  Object.entries(deliveries).map(([key, delivery]) => ({
    id: nameOfDelivery(key, delivery, chosen),
    status: delivery.status,
    at: delivery.at ?? null,
  }));

/** What `show` says of one alert. Always exit code 0: it was found. */
export const reportAlert = (record: AlertRecord, surroundings: Surroundings): Outcome => {
  const { alert, events } = record;
  const { now } = surroundings;
  const disposition = alert.disposition && words.case.dispositions[alert.disposition].name;
  const ended = alert.closedAt === undefined ? '' : `: ${disposition ?? '-'}, at ${writeTime(alert.closedAt)}`;
  const text = [
    `Alert   ${alert.alertId}${alert.drill ? ', a drill' : ''}`,
    `Folio   ${folioToSay(alert) ?? '-'}`,
    `Family  ${alert.familyId}`,
    `Raised  ${writeTime(alert.raisedAt)} UTC by ${causeOf(alert)}, ${writeMinutes(minutesOpen(alert, now))} ago`,
    `State   ${stateName(alert)}${ended}`,
    `Office  ${officeOf(alert, now)}`,
    `Officer ${officer(alert, now)}; last entry ${lastEntry(alert, now)}; steps of silence taken: ${alert.escalations ?? 0}`,
    `Told    ${summary(record)}`,
    ...(isOverdue(alert, now, surroundings.escalationMinutes)
      ? [`Call    ${whomToCall(alert, surroundings.desk)}`]
      : []),
    '',
    textTable([['AT (UTC)', 'AFTER', 'EVENT', 'BY', 'WHAT', 'TOLD'], ...timelineRows(record)]),
  ].join('\n');
  return {
    exitCode: 0,
    text,
    json: {
      ...alertJson(record, surroundings),
      timeline: [
        {
          at: alert.raisedAt,
          type: 'alert.raised.v1',
          by: { kind: raisedBy(alert), office: null },
          from: null,
          to: null,
          reason: null,
          office: null,
          deliveries: deliveriesJson(alert.deliveries, officeOfPress(record)),
        },
        ...events.map((event) => ({
          at: event.at,
          type: event.type,
          by: { kind: event.by.kind, office: event.by.officeId ?? null },
          from: event.from ?? event.previous ?? null,
          to: event.to ?? event.disposition ?? null,
          reason: event.reason ?? event.cause ?? null,
          office: event.consulate?.id ?? event.receiver?.id ?? null,
          deliveries: deliveriesJson(event.deliveries, undefined),
        })),
      ],
    },
  };
};
