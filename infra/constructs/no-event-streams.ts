// Stands in for the SDK's event streams in the functions' bundles (see bundle.ts): none of our operations streams.

/** A client that has such operations completes its settings with it. */
export const resolveEventStreamSerdeConfig = <Settings>(settings: Settings): Settings => settings;

export const eventStreamSerdeProvider = (): never => {
  throw new Error('This bundle streams no events.');
};

export const EventStreamSerde = eventStreamSerdeProvider;
