import type { FamilyAnnouncementDeps } from '../../shared/domain/announce-to-family.ts';
import { announceRaisedToFamily, welcomeFamily } from '../../shared/domain/announce-to-family.ts';
import type { StoredEvent } from '../../shared/domain/watch.ts';
import { failedDeliveries, logDeliveries } from '../../shared/runtime/delivery-log.ts';
import type { Image, StreamHandler } from '../../shared/runtime/stream.ts';
import { streamHandler } from '../../shared/runtime/stream.ts';

export type AnnounceToFamilyDeps = FamilyAnnouncementDeps & {
  readonly readEvent: (image: Image) => StoredEvent | undefined;
};

/** Stream consumer: creates a new family's topic and welcomes its contacts; tells the family of each press. */
export const createHandler = (deps: AnnounceToFamilyDeps): StreamHandler =>
  streamHandler('announce-to-family', ['family', 'alert'], async (image, log) => {
    const event = deps.readEvent(image);
    if (!event || event.kind === 'event') return;
    const ref = event.kind === 'registration' ? { familyId: event.family.familyId } : event.alert;
    const results =
      event.kind === 'registration'
        ? await welcomeFamily(deps, event.family)
        : await announceRaisedToFamily(deps, event.alert);
    logDeliveries(log, ref, results);
    const failure = failedDeliveries(results);
    if (failure) throw failure;
  });
