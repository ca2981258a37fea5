import type { FamilyReader, FamilyTopicKey, TopicMemory } from './family.ts';

export type FamilyDirectory = FamilyReader & {
  /** Keeps what the channel wants to know of a topic next time. Harmless for an erased family. */
  recordTopic(familyId: string, key: FamilyTopicKey, topic: TopicMemory): Promise<void>;
  /** Remembers for good that a device pressed for real. Safe to repeat; harmless for an erased family. */
  recordSeizedDevice(familyId: string, deviceId: string): Promise<void>;
};
