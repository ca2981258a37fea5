import type { FamilyEventDeps } from '../../shared/telling/announce-family-event.ts';
import { announceFamilyEvent } from '../../shared/telling/announce-family-event.ts';
import {
  announceCaseEventToFamily,
  announceRaisedToFamily,
  welcomeFamily,
} from '../../shared/telling/announce-to-family.ts';
import type { DeliveryResult, EventRef } from '../../shared/telling/delivery.ts';
import type { StoredEvent } from '../../shared/telling/watch.ts';
import { failedDeliveries, logDeliveries } from '../../shared/runtime/delivery-log.ts';
import type { Image, StreamHandler } from '../../shared/runtime/stream.ts';
import { streamHandler } from '../../shared/runtime/stream.ts';

export type AnnounceToFamilyDeps = FamilyEventDeps & {
  readonly readEvent: (image: Image) => StoredEvent | undefined;
};

const announce = async (
  deps: AnnounceToFamilyDeps,
  stored: StoredEvent,
): Promise<{ readonly ref: EventRef; readonly results: DeliveryResult[] }> => {
  switch (stored.kind) {
    case 'registration':
      return { ref: { familyId: stored.family.familyId }, results: await welcomeFamily(deps, stored.family) };
    case 'alert':
      return { ref: stored.alert, results: await announceRaisedToFamily(deps, stored.alert) };
    case 'event':
      return { ref: stored.event, results: await announceCaseEventToFamily(deps, stored.event) };
    case 'family-event':
      return { ref: stored.event, results: await announceFamilyEvent(deps, stored.event) };
    case 'check-in':
      // Nobody is told of a promise. The stream's filter leaves it out; the watchman has it.
      return { ref: stored.checkIn, results: [] };
  }
};

/** Stream consumer: makes a new family's topic and welcomes its contacts; tells the family of presses, cases and changes. */
export const createHandler = (deps: AnnounceToFamilyDeps): StreamHandler =>
  streamHandler('announce-to-family', async (image, log) => {
    const stored = deps.readEvent(image);
    if (!stored) return;
    const { ref, results } = await announce(deps, stored);
    logDeliveries(log, ref, results);
    const failure = failedDeliveries(results);
    if (failure) throw failure;
  });
