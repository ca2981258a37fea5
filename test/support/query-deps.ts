import openApi from '../../docs/openapi.json' with { type: 'json' };
import type { QueryDeps } from '../../functions/answer-queries/handler.ts';
import { consentTexts } from '../../shared/data/consent-texts.ts';
import { consulateById, ministryDesk, openConsulates } from '../../shared/data/consulates.ts';
import type { Family } from '../../shared/domain/family/family.ts';
import type { LinkOpening } from '../../shared/domain/case/links.ts';
import type { AlertWithEvents } from '../../shared/domain/case/read-alert.ts';
import type { FamilyAccount } from '../../shared/domain/family/family-account.ts';
import type { FamilyReach, Subscription } from '../../shared/domain/family/reach.ts';
import { aFamily, anAccount, aPress } from './fixtures.ts';
import { noDistricts } from './no-districts.ts';

/**
 * What answer-queries reads, from memory. `pressed`: every alert of the family. `subscriptions`: what SNS says, or
 * `undefined` when it does not answer.
 */
export const queryDeps = (
  facts: {
    readonly known?: boolean;
    readonly deviceId?: string;
    readonly family?: Family | undefined;
    readonly account?: Partial<FamilyAccount>;
    readonly openings?: readonly LinkOpening[];
    readonly pressed?: readonly AlertWithEvents[];
    readonly subscriptions?: readonly Subscription[] | undefined;
    /** Ids of contacts who could not join. */
    readonly refused?: readonly string[];
    /** What the watchman's last check found. */
    readonly reach?: FamilyReach;
  } = {},
): QueryDeps => {
  const { known = true, deviceId = 'd1', pressed = [] } = facts;
  const family = 'family' in facts ? facts.family : aFamily();
  const familyId = aFamily().familyId;
  return {
    devices: {
      authenticate: async () => (known ? { device: { deviceId, familyId }, consularNotification: true } : undefined),
    },
    families: { get: async () => aFamily() },
    accounts: { get: async () => family && anAccount({ family, ...facts.account }) },
    openings: { of: async () => facts.openings ?? [] },
    presses: { list: async () => pressed.map(({ alert }) => aPress(alert)) },
    alerts: {
      deviceView: async (_, alertId) => {
        const found = pressed.find(({ alert }) => alert.alertId === alertId)?.alert;
        return found && { ...(found.deviceView && { view: found.deviceView }) };
      },
      getWithEvents: async (_, alertId) => pressed.find(({ alert }) => alert.alertId === alertId),
    },
    subscriptions: { list: async () => facts.subscriptions, refused: () => facts.refused ?? [] },
    reaches: { get: async () => facts.reach },
    consulateById,
    consentTexts,
    openConsulates,
    ...noDistricts,
    desk: ministryDesk,
    openApi,
    now: () => new Date('2026-11-22T20:10:00.000Z'),
  };
};
