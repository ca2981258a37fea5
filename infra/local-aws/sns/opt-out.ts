import * as z from 'zod';
import { operationsOf, pageOf, type Operation } from '../aws-input.ts';
import { invalidParameter, refuseInput } from './errors.ts';
import { isPhoneNumber, type SnsState } from './state.ts';

const define = operationsOf(refuseInput);

// These two spell their members in lower case.
export const optOutOperations = (state: SnsState): Record<string, Operation> => ({
  /** https://docs.aws.amazon.com/sns/latest/api/API_CheckIfPhoneNumberIsOptedOut.html */
  CheckIfPhoneNumberIsOptedOut: define(z.strictObject({ phoneNumber: z.string() }), ({ phoneNumber }) => {
    if (!isPhoneNumber(phoneNumber)) throw invalidParameter('PhoneNumber Reason: input incorrectly formatted');
    return { isOptedOut: state.optedOut.has(phoneNumber) };
  }),

  /** https://docs.aws.amazon.com/sns/latest/api/API_ListPhoneNumbersOptedOut.html */
  ListPhoneNumbersOptedOut: define(z.strictObject({ nextToken: z.string().optional() }), ({ nextToken }) => {
    const page = pageOf([...state.optedOut], 100, nextToken);
    if (page === undefined) throw invalidParameter('nextToken');
    return { phoneNumbers: page.items, ...(page.nextToken !== undefined && { nextToken: page.nextToken }) };
  }),
});
