import { type StoredEvent, refOf } from '../../shared/telling/stored-event.ts';
import { isToldByRound } from '../../shared/telling/tell-minded.ts';
import { type TellOfficialsDeps, tellOffices } from '../../shared/telling/tell.ts';
import { failedDeliveries, logDeliveries } from '../../shared/runtime/delivery-log.ts';
import { measureTold } from '../../shared/runtime/told-log.ts';
import { logSearch } from '../../shared/runtime/search-log.ts';
import { type Image, type StreamHandler, streamHandler } from '../../shared/runtime/stream.ts';

export type AnnounceToAuthoritiesDeps = TellOfficialsDeps & {
  readonly readEvent: (image: Image) => StoredEvent | undefined;
};

/** Stream consumer: tells offices and the ministry of each press and each later event. */
export const createHandler = (deps: AnnounceToAuthoritiesDeps): StreamHandler =>
  streamHandler('announce-to-authorities', async (image, log) => {
    const stored = deps.readEvent(image);
    if (!stored || (stored.kind === 'event' && isToldByRound(stored.event))) return;
    const told = await tellOffices(deps, stored);
    const { results, search } = told;
    if (search) logSearch(log, refOf(stored), search);
    logDeliveries(log, refOf(stored), results);
    measureTold(log, stored, told, deps.now());
    const failure = failedDeliveries(results);
    if (failure) throw failure;
  });
