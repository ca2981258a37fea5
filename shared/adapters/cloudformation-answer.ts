const attempts = 3;
const attemptMs = 2_500;

/**
 * Puts a custom resource's answer to CloudFormation's pre-signed URL, three times if need be.
 * @throws when none got through; Lambda then runs the whole request again, as it does for asynchronous events.
 */
export const answerCloudFormation = async (url: string, body: Record<string, unknown>, call = fetch): Promise<void> => {
  let last: unknown;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    try {
      // The URL is signed without a content type, so none may be sent.
      const response = await call(url, {
        method: 'PUT',
        headers: { 'content-type': '' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(attemptMs),
      });
      if (response.ok) return;
      last = new Error(`CloudFormation answered ${response.status}`);
    } catch (fault) {
      last = fault;
    }
  }
  throw new Error('CloudFormation did not take the answer', { cause: last });
};
