/**
 * By default SNS gives up a web hook after three retries in one minute: a restart would lose an alert. SNS allows at most
 * an hour: https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
 */
export const anHourOfRetries = {
  healthyRetryPolicy: {
    numRetries: 62,
    numNoDelayRetries: 1,
    numMinDelayRetries: 4,
    minDelayTarget: 5,
    maxDelayTarget: 60,
    numMaxDelayRetries: 50,
    backoffFunction: 'exponential',
  },
};
