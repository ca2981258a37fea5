/** The `deviceId` of an alert that no device may see. */
export const noDevice = 'check-in';
