import * as z from 'zod';
import { operationsOf, pageOf, type Operation } from '../aws-input.ts';
import { invalidParameter, refuseInput } from './errors.ts';

const define = operationsOf(refuseInput);

/** What AWS gives an account for SMS when its owner has asked for it: the emulator's account is ready for people. */
const ready = {
  isInSandbox: false,
  attributes: { MonthlySpendLimit: '100', DefaultSMSType: 'Transactional' },
  originationNumbers: [
    {
      CreatedAt: '2026-01-01T00:00:00Z',
      PhoneNumber: '+18005550100',
      Status: 'ACTIVE',
      Iso2CountryCode: 'US',
      RouteType: 'Transactional',
      NumberCapabilities: ['SMS'],
    },
  ],
};

export const smsAccountOperations: Record<string, Operation> = {
  /** https://docs.aws.amazon.com/sns/latest/api/API_GetSMSSandboxAccountStatus.html */
  GetSMSSandboxAccountStatus: define(z.strictObject({}), () => ({ IsInSandbox: ready.isInSandbox })),

  /** Its members are spelt in lower case: https://docs.aws.amazon.com/sns/latest/api/API_GetSMSAttributes.html */
  GetSMSAttributes: define(z.strictObject({ attributes: z.array(z.string()).optional() }), ({ attributes }) => ({
    attributes: Object.fromEntries(
      Object.entries(ready.attributes).filter(([name]) => attributes?.includes(name) ?? true),
    ),
  })),

  /** https://docs.aws.amazon.com/sns/latest/api/API_ListOriginationNumbers.html */
  ListOriginationNumbers: define(
    z.strictObject({ MaxResults: z.coerce.number().int().min(1).max(30).optional(), NextToken: z.string().optional() }),
    ({ MaxResults = 30, NextToken }) => {
      const page = pageOf(ready.originationNumbers, MaxResults, NextToken);
      if (page === undefined) throw invalidParameter('NextToken');
      return { PhoneNumbers: page.items, ...(page.nextToken !== undefined && { NextToken: page.nextToken }) };
    },
  ),
};
