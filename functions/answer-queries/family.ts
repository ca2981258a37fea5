import { alertStatusResponse } from '../../shared/contracts/alerts.ts';
import { type FamilyResponse, familyResponse } from '../../shared/contracts/families.ts';
import { destinationsSeen } from '../../shared/domain/case/alert-status.ts';
import { type Rehearsal, rehearsed } from '../../shared/domain/case/drill-result.ts';
import { isViewOver } from '../../shared/domain/case/read-alert.ts';
import { readFamily } from '../../shared/domain/family/read-family.ts';
import { composeWarnings } from '../../shared/telling/compose-warnings.ts';
import { readDeviceToken } from '../../shared/runtime/device-token.ts';
import type { HttpAnswer, HttpRequest } from '../../shared/runtime/http.ts';
import { unauthorized } from '../../shared/runtime/problem.ts';

export type FamilyDeps = Parameters<typeof readFamily>[0];

/** A cancelled drill is shown as it was at that moment, like its status (G7). */
const drillOf = (found: Rehearsal, now: Date): NonNullable<FamilyResponse['lastDrill']> | null => {
  const { alertId, raisedAt, deviceView } = found.alert;
  if (!deviceView) return { alertId, raisedAt, destinations: [...rehearsed(found, destinationsSeen(found))] };
  if (isViewOver(deviceView, now)) return null;
  const { destinations } = alertStatusResponse.parse(JSON.parse(deviceView.status));
  return { alertId, raisedAt, destinations: [...rehearsed(found, destinations)] };
};

/** `GET /v1/family`. A device that has raised a real alert gets counts alone. */
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
      const { familyId, counts, contacts, devices, warnings, language, lastDrill } = outcome;
      const { maskedPhone, ...person } = outcome.person;
      const body: FamilyResponse = {
        familyId,
        counts,
        person: { ...person, phone: maskedPhone },
        contacts: contacts.map(({ maskedEndpoint, ...contact }) => ({ ...contact, endpoint: maskedEndpoint })),
        devices: [...devices],
        warnings: composeWarnings(warnings, language),
        lastDrill: lastDrill ? drillOf(lastDrill, deps.now()) : null,
      };
      return { status: 200, body: familyResponse.parse(body) };
    }
  }
};
