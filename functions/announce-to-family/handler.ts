import type { FamilyChangeDeps } from '../../shared/telling/family-changes.ts';
import { type StoredEvent, refOf } from '../../shared/telling/stored-event.ts';
import { isToldByRound } from '../../shared/telling/tell-minded.ts';
import { tellFamily } from '../../shared/telling/tell.ts';
import { failedDeliveries, logDeliveries } from '../../shared/runtime/delivery-log.ts';
import { measureTold } from '../../shared/runtime/told-log.ts';
import { type Image, type StreamHandler, streamHandler } from '../../shared/runtime/stream.ts';

export type AnnounceToFamilyDeps = FamilyChangeDeps & {
  readonly readEvent: (image: Image) => StoredEvent | undefined;
};

/** Stream consumer: makes a new family's topics and welcomes its contacts; tells the family of presses, cases and changes. */
export const createHandler = (deps: AnnounceToFamilyDeps): StreamHandler =>
  streamHandler('announce-to-family', async (image, log) => {
    const stored = deps.readEvent(image);
    if (!stored || (stored.kind === 'event' && isToldByRound(stored.event))) return;
    const results = await tellFamily(deps, stored);
    logDeliveries(log, refOf(stored), results);
    measureTold(log, stored, { results }, deps.now());
    const failure = failedDeliveries(results);
    if (failure) throw failure;
  });
