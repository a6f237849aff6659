interface Facts {
  host: string
  statusCode: number | null
  /** How long the attempt took: `1.2 s`. */
  duration: string
}

interface Explanation {
  what: (facts: Facts) => string
  next: string
}

/** How attempts end, in a sentence, and what a person can do about it. */
export const explanations = {
  succeeded: {
    what: ({ host, duration }) => `${host} took it in ${duration}.`,
    next: 'Nothing is left to do.',
  },
  redirect: {
    what: ({ host, statusCode }) => `${host} answered ${statusCode}: it points to another address.`,
    next: 'Redirects are not followed. Set the final URL in the subscription, then replay.',
  },
  gone: {
    what: ({ host }) => `${host} answered 410 Gone: it wants no more deliveries.`,
    next: 'The subscription was disabled. Resume it once the receiver wants deliveries again, then replay.',
  },
  unauthorised: {
    what: ({ host, statusCode }) =>
      `${host} answered ${statusCode}: it did not accept who is sending.`,
    next: 'Check the credentials in the headers of the subscription, and that the receiver verifies with the current secret.',
  },
  notFound: {
    what: ({ host, statusCode }) =>
      `${host} answered ${statusCode}: nothing takes POST at this path.`,
    next: 'Check the path of the subscription’s URL, and that the route is deployed.',
  },
  tooLarge: {
    what: ({ host }) => `${host} answered 413: the body is larger than it takes.`,
    next: 'Raise the body limit of the receiver, or of the proxy before it.',
  },
  tooMany: {
    what: ({ host }) => `${host} answered 429: it gets more than it can take.`,
    next: 'A Retry-After header is heeded. A rate limit in the subscription keeps it below what the receiver takes.',
  },
  refused: {
    what: ({ host, statusCode }) => `${host} refused it with ${statusCode}.`,
    next: 'The response says more as a rule. The same bytes are sent again, so the receiver has to change.',
  },
  unavailable: {
    what: ({ host, statusCode }) =>
      `${host} answered ${statusCode}: a proxy is there, but the service behind it was not available.`,
    next: 'Check that the receiver runs. Often this is a deployment and passes by itself.',
  },
  receiverFailed: {
    what: ({ host, statusCode }) => `${host} failed with ${statusCode}.`,
    next: 'Look for this time and webhook-id in the receiver’s own log.',
  },
  unexpectedStatus: {
    what: ({ host, statusCode }) => `${host} answered ${statusCode}, which is no success.`,
    next: 'Only 200 to 299 mean that a delivery was taken.',
  },
  noConnection: {
    what: ({ host, duration }) => `No connection to ${host} was made within ${duration}.`,
    next: 'Connections must be made within 5 s. Check firewalls and allow-lists before the receiver.',
  },
  noAnswer: {
    what: ({ host, duration }) => `${host} did not begin to answer within ${duration}.`,
    next: 'Answer first and work afterwards. Or raise the timeout of the subscription, to 60 s at most.',
  },
  endless: {
    what: ({ host, duration }) => `${host} began to answer but did not finish within ${duration}.`,
    next: 'End the response as soon as the delivery is stored. Or raise the timeout of the subscription.',
  },
  blocked_address: {
    what: ({ host }) => `${host} leads to an address that is not allowed.`,
    next: 'Private and internal addresses are refused. Use a public one, or ask the operator to allow the network.',
  },
  dns: {
    what: ({ host }) => `The name ${host} was not found.`,
    next: 'Check the spelling of the URL, and the DNS records of the domain.',
  },
  connect: {
    what: ({ host }) => `${host} refused the connection, or could not be reached.`,
    next: 'Check that the receiver runs and listens on the port of the URL.',
  },
  tls: {
    what: ({ host }) => `The TLS handshake with ${host} failed, or its certificate is not valid.`,
    next: 'Check that the certificate is not expired, is issued for this name and comes with its chain.',
  },
  reset: {
    what: ({ host }) => `${host} closed the connection before its answer was complete.`,
    next: 'The receiver or a proxy before it crashed, restarted or has a shorter timeout.',
  },
  response_invalid: {
    what: ({ host }) => `What ${host} answered is not HTTP.`,
    next: 'Check the port of the URL: something else may listen there.',
  },
  request_invalid: {
    what: () => 'No request could be made from the settings of the subscription.',
    next: 'Check its URL and its headers.',
  },
  unprocessable: {
    what: () => 'The delivery or its event cannot be read, so no attempt was made.',
    next: 'Tell the operator: a row in the database is not as it should be.',
  },
  subscription_unusable: {
    what: () => 'The subscription cannot be read, so no attempt was made.',
    next: 'Save its settings again.',
  },
  pulled: {
    what: ({ duration }) => `Its consumer fetched it and acknowledged it after ${duration}.`,
    next: 'Nothing is left to do.',
  },
  rejected: {
    what: ({ duration }) => `Its consumer fetched it and reported a failure after ${duration}.`,
    next: 'The consumer’s own log says more. It is given out again by the retry schedule, or replay it.',
  },
  released: {
    what: () => 'Its consumer gave it back without having begun.',
    next: 'It is given out again at once, and nothing of the retry schedule is used.',
  },
  lease_expired: {
    what: ({ duration }) =>
      `Its consumer fetched it and was not heard of again within ${duration}.`,
    next: 'It is given out again. If that repeats, the consumer may stop at this event, or need longer leases.',
  },
  event_dropped: {
    what: () => 'The event is no longer kept, so nothing can be sent.',
    next: 'The operator decides how long events are kept.',
  },
  unknown: {
    what: ({ host, duration }) => `The attempt at ${host} failed after ${duration}.`,
    next: 'The error below says more.',
  },
} satisfies Record<string, Explanation>
