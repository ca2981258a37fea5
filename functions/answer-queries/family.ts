import type { FamilyResponse } from '../../shared/contracts/families.ts';
import { familyResponse } from '../../shared/contracts/families.ts';
import type { AlertWithEvents } from '../../shared/domain/read-alert.ts';
import { readFamily } from '../../shared/domain/read-family.ts';
import { readDeviceToken } from '../../shared/runtime/device-token.ts';
import type { HttpAnswer, HttpRequest } from '../../shared/runtime/http.ts';
import { unauthorized } from '../../shared/runtime/problem.ts';
import { destinationsOf } from './alert-status.ts';

export type FamilyDeps = Parameters<typeof readFamily>[0];

const drillOf = (found: AlertWithEvents): NonNullable<FamilyResponse['lastDrill']> => {
  const { alertId, raisedAt } = found.alert;
  return { alertId, raisedAt, destinations: destinationsOf(found) };
};

/** `GET /v1/family`: who would be told, for a device of the family; counts alone once that device has raised an alert. */
export const familyAnswer = async (deps: FamilyDeps, request: HttpRequest): Promise<HttpAnswer> => {
  const outcome = await readFamily(deps, readDeviceToken(request));
  switch (outcome.kind) {
    case 'unknown-device':
      throw unauthorized();
    case 'seized': {
      const body: FamilyResponse = { familyId: outcome.familyId, counts: outcome.counts };
      return { status: 200, body: familyResponse.parse(body) };
    }
    case 'found': {
      const { familyId, counts, contacts, lastDrill } = outcome;
      const body: FamilyResponse = {
        familyId,
        counts,
        contacts: contacts.map(({ maskedEndpoint, ...contact }) => ({ ...contact, endpoint: maskedEndpoint })),
        lastDrill: lastDrill ? drillOf(lastDrill) : null,
      };
      return { status: 200, body: familyResponse.parse(body) };
    }
  }
};
