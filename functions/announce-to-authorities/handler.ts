import type { AuthorityAnnouncementDeps } from '../../shared/domain/announce-to-authorities.ts';
import {
  announceEscalatedToAuthorities,
  announceRaisedToAuthorities,
} from '../../shared/domain/announce-to-authorities.ts';
import type { StoredEvent } from '../../shared/domain/watch.ts';
import { failedDeliveries, logDeliveries } from '../../shared/runtime/delivery-log.ts';
import { logSearch } from '../../shared/runtime/search-log.ts';
import type { Image, StreamHandler } from '../../shared/runtime/stream.ts';
import { streamHandler } from '../../shared/runtime/stream.ts';

export type AnnounceToAuthoritiesDeps = AuthorityAnnouncementDeps & {
  readonly readEvent: (image: Image) => StoredEvent | undefined;
};

/** Stream consumer: tells the nearest office and the ministry of each press, and of each that passes on. */
export const createHandler = (deps: AnnounceToAuthoritiesDeps): StreamHandler =>
  streamHandler('announce-to-authorities', ['alert', 'event'], async (image, log) => {
    const event = deps.readEvent(image);
    if (!event || event.kind === 'registration') return;
    const ref = event.kind === 'alert' ? event.alert : event.event;
    const { results, search } =
      event.kind === 'alert'
        ? await announceRaisedToAuthorities(deps, event.alert)
        : await announceEscalatedToAuthorities(deps, event.event);
    if (search) logSearch(log, ref, search);
    logDeliveries(log, ref, results);
    const failure = failedDeliveries(results);
    if (failure) throw failure;
  });
