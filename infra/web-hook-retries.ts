/**
 * SNS's default gives a web hook up after three retries in one minute: a restart would lose an alert. An hour is the
 * most that SNS allows: https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
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
