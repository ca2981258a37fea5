import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { type Alert, toldOffices } from '../../shared/domain/case/alert.ts';
import type { Family } from '../../shared/domain/family/family.ts';
import type { FamilyAccount } from '../../shared/domain/family/family-account.ts';
import { seenState } from '../../shared/domain/case/family-alone.ts';
import type { FamilyPress } from '../../shared/domain/family/family-presses.ts';

/** A family of two contacts, invented; its phones are of the ranges reserved for fiction. */
export const aFamily = (overrides: Partial<Family> = {}): Family => ({
  familyId: '11111111-1111-4111-8111-111111111111',
  person: { name: 'María Fernanda Ruiz', language: 'es', phone: '+12135550100' },
  contacts: [
    { contactId: 'c1', name: 'José Ruiz', channel: 'sms', endpoint: '+12135550101' },
    { contactId: 'c2', name: 'Lupita', channel: 'email', endpoint: 'lupita@example.com' },
  ],
  consent: { consularNotification: true, version: '2026-01', at: '2026-11-01T00:00:00.000Z' },
  sharePositionWithFamily: true,
  registeredAt: '2026-11-01T00:00:00.000Z',
  topics: {
    family: {
      arn: 'arn:aws:sns:us-east-1:000000000000:alert-button-family-11111111-1111-4111-8111-111111111111',
      ensuredAt: '2026-11-01T00:00:01.000Z',
      confirmedAtOnce: 1,
    },
  },
  ...overrides,
});

/** A family whose topic has this ARN. */
export const aFamilyAt = (arn: string): Family =>
  aFamily({ topics: { family: { arn, ensuredAt: '2026-11-01T00:00:01.000Z', confirmedAtOnce: 1 } } });

/** The same with its one phone `d1`, whose secret has the hash `hash`. */
export const anAccount = (overrides: Partial<FamilyAccount> = {}): FamilyAccount => {
  const { family = aFamily() } = overrides;
  return {
    family,
    devices: { hash: { deviceId: 'd1', addedAt: family.registeredAt } },
    shownContacts: family.contacts,
    changes: 0,
    ...overrides,
  };
};

/** A press in Los Angeles, nobody told yet. */
export const anAlert = (overrides: Partial<Alert> = {}): Alert => ({
  familyId: '11111111-1111-4111-8111-111111111111',
  alertId: '22222222-2222-4222-8222-222222222222',
  deviceId: 'd1',
  state: 'raised',
  raisedAt: '2026-11-22T20:00:00.000Z',
  drill: false,
  position: { latitude: 34.05, longitude: -118.24, accuracyMeters: 20 },
  droppedFields: [],
  consularNotification: true,
  deliveries: { family: { status: 'pending' }, consulate: { status: 'pending' }, ministry: { status: 'pending' } },
  ...overrides,
});

/** An alert as it stands in the list of what its family pressed. */
export const aPress = (alert: Alert): FamilyPress => {
  const { alertId, deviceId, drill, raisedAt, state, consularNotification, deviceView, deliveries, joined } = alert;
  return {
    alertId,
    deviceId,
    drill,
    raisedAt,
    state,
    shownState: seenState(alert),
    consularNotification,
    untold: deliveries.family?.status === 'pending',
    joined: joined !== undefined,
    told: toldOffices(alert),
    ...(deviceView && { cancelledUntil: deviceView.until }),
  };
};

/** A request as API Gateway's HTTP API hands it over (payload format 2.0). */
export const anEvent = (
  overrides: Partial<APIGatewayProxyEventV2> & { json?: unknown } = {},
): APIGatewayProxyEventV2 => {
  const { json, ...rest } = overrides;
  return {
    version: '2.0',
    routeKey: 'POST /v1/alerts',
    rawPath: '/v1/alerts',
    rawQueryString: '',
    headers: { 'content-type': 'application/json' },
    isBase64Encoded: false,
    ...(json !== undefined && { body: JSON.stringify(json) }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'api',
      domainName: 'api.example',
      domainPrefix: 'api',
      http: { method: 'POST', path: '/v1/alerts', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      requestId: 'gateway-request',
      routeKey: 'POST /v1/alerts',
      stage: '$default',
      time: '22/Nov/2026:20:00:00 +0000',
      timeEpoch: 0,
    },
    ...rest,
  };
};

export const aContext = { awsRequestId: 'request-1' } as Context;

/** The answer's status and parsed body. */
export const answerOf = (result: unknown) => {
  const { statusCode, headers, body } = result as { statusCode: number; headers: Record<string, string>; body: string };
  return {
    status: statusCode,
    headers,
    body: JSON.parse(body) as Record<string, unknown> & { errors?: { field: string }[] },
  };
};
