import batchGetItem from 'dynalite/actions/batchGetItem.js';
import batchWriteItem from 'dynalite/actions/batchWriteItem.js';
import deleteItem from 'dynalite/actions/deleteItem.js';
import getItem from 'dynalite/actions/getItem.js';
import putItem from 'dynalite/actions/putItem.js';
import query from 'dynalite/actions/query.js';
import scan from 'dynalite/actions/scan.js';
import updateItem from 'dynalite/actions/updateItem.js';
import type { ActionStore, CheckedRequest, UpdateSection } from 'dynalite/db/index.js';
import batchGetItemRules from 'dynalite/validations/batchGetItem.js';
import batchWriteItemRules from 'dynalite/validations/batchWriteItem.js';
import createTableRules from 'dynalite/validations/createTable.js';
import deleteItemRules from 'dynalite/validations/deleteItem.js';
import getItemRules from 'dynalite/validations/getItem.js';
import validations from 'dynalite/validations/index.js';
import putItemRules from 'dynalite/validations/putItem.js';
import queryRules from 'dynalite/validations/query.js';
import scanRules from 'dynalite/validations/scan.js';
import updateItemRules from 'dynalite/validations/updateItem.js';
import * as z from 'zod';
import { AwsError } from '../aws-service.ts';
import { maxItemBytes } from './attribute-value.ts';
import { rememberExpressions } from './remembered-expressions.ts';

/*
 * dynalite's request checks, expression parsers and item actions, called in this process: no port, no second copy of
 * each request, and the actions run on a store of ours (stage.ts), which is what makes transactions possible.
 */

rememberExpressions();

const operations = {
  BatchGetItem: { rules: batchGetItemRules, action: batchGetItem },
  BatchWriteItem: { rules: batchWriteItemRules, action: batchWriteItem },
  DeleteItem: { rules: deleteItemRules, action: deleteItem },
  GetItem: { rules: getItemRules, action: getItem },
  PutItem: { rules: putItemRules, action: putItem },
  Query: { rules: queryRules, action: query },
  Scan: { rules: scanRules, action: scan },
  UpdateItem: { rules: updateItemRules, action: updateItem },
};

export type EngineOperation = keyof typeof operations;

/** Checks a request that needs no look at the data, and parses its expressions. Throws {@link AwsError}. */
export const prepare = (operation: EngineOperation | 'CreateTable', input: Record<string, unknown>): CheckedRequest => {
  const rules = operation === 'CreateTable' ? createTableRules : operations[operation].rules;
  try {
    // A copy, because checkTypes deletes what it does not know from the object it is given.
    const request = validations.checkTypes({ ...input }, rules.types);
    validations.checkValidations(request, rules.types, rules.custom, { options: { maxItemSize: maxItemBytes } });
    refuseDocumentOperands(request);
    removeListElementsLast(request);
    return request;
  } catch (error) {
    throw toAwsError(error);
  }
};

/** Runs a prepared request on a store. Rejects with {@link AwsError} for what DynamoDB refuses. */
export const run = async (
  operation: EngineOperation,
  store: ActionStore,
  request: CheckedRequest,
): Promise<Record<string, unknown>> => {
  const output = await new Promise<Record<string, unknown> | undefined>((resolve, reject) => {
    operations[operation].action(store, request, (error, result) => {
      if (error) reject(toAwsError(error));
      else resolve(result);
    });
  });
  return output ?? {};
};

const answerSchema = z.object({
  statusCode: z.number(),
  body: z.object({ __type: z.string(), message: z.string().optional(), Message: z.string().optional() }),
});

/** Errors of dynalite carry the document that AWS would answer; anything else is a fault and stays what it is. */
const toAwsError = (error: unknown): unknown => {
  const answer = answerSchema.safeParse(error);
  if (!answer.success) return error;
  const { statusCode, body } = answer.data;
  return new AwsError(body.__type.slice(body.__type.indexOf('#') + 1), body.message ?? body.Message ?? '', {
    statusCode,
  });
};

/** dynalite compares lists and maps by reference, so that `=` is never true. Refused rather than answered wrongly. */
const refuseDocumentOperands = (request: CheckedRequest): void => {
  for (const expression of [request._condition?.expression, request._filter?.expression]) {
    if (holdsDocument(expression)) {
      throw new AwsError(
        'UnsupportedOperationException',
        'The local DynamoDB does not support list and map values in condition and filter expressions.',
      );
    }
  }
};

const holdsDocument = (node: unknown): boolean => {
  if (Array.isArray(node)) return node.some(holdsDocument);
  if (typeof node !== 'object' || node === null) return false;
  return 'L' in node || 'M' in node || ('args' in node && holdsDocument(node.args));
};

/**
 * Indexes in REMOVE mean the list as it was, while dynalite removes one after the other: the highest index goes first.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html#Expressions.UpdateExpressions.REMOVE.RemovingListElements
 */
const removeListElementsLast = (request: CheckedRequest): void => {
  const index = (section: UpdateSection) => {
    const last = section.path.at(-1);
    return section.type === 'remove' && typeof last === 'number' ? last : Infinity;
  };
  request._updates?.sections.sort((one, other) => (index(one) === index(other) ? 0 : index(other) - index(one)));
};
