import type { FamilyReader, FamilyTopicKey, TopicMemory } from './family.ts';

export type FamilyDirectory = FamilyReader & {
  /** Harmless for an erased family. */
  recordTopic(familyId: string, key: FamilyTopicKey, topic: TopicMemory): Promise<void>;
  /** Safe to repeat; harmless for an erased family. */
  recordSeizedDevice(familyId: string, deviceId: string): Promise<void>;
};
