import { answerCloudFormation } from '../../shared/adapters/cloudformation-answer.ts';
import { createLocationGeofences } from '../../shared/adapters/location-geofences.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler({
  replaceAll: createLocationGeofences().replaceAll,
  answer: answerCloudFormation,
});
