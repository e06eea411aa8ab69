// All texts of the console. A translation replaces this file.

const TIME = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

const formatTime = (time: string): string => TIME.format(new Date(time));

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

export const texts = {
  product: 'Patchbay',
  skip: 'Skip to the content',
  loading: 'Loading …',
  retry: 'Try again',
  cancel: 'Cancel',
  close: 'Close',
  notReported: 'not reported',
  nav: {
    label: 'Screens',
    connections: 'Connections',
    instances: 'Instances',
    create: 'New connection',
    rotate: 'Rotate a secret',
    graphiql: 'GraphiQL',
    toDark: 'Dark colours',
    toLight: 'Light colours',
    signOut: 'Sign out',
  },
  signIn: {
    title: 'Sign in',
    intro: 'This gateway asks for a token. The page keeps it in memory alone and forgets it when you reload.',
    token: 'Token',
    submit: 'Sign in',
    refused: 'The gateway refused this token. It may be wrong, or it has expired.',
  },
  errors: {
    title: 'This did not work',
    unreachable: 'The gateway could not be reached.',
    unknown: 'The gateway gave no answer.',
    crashed: 'This page has an error. Reload it to go on.',
    reload: 'Reload the page',
    screenMissing: 'There is no such page.',
    toConnections: 'Go to the connections',
  },
  filters: {
    label: 'Filters',
    all: 'All',
    text: 'Name contains',
    host: 'Host contains',
    vendor: 'Vendor',
    instance: 'Instance',
    dialect: 'Dialect',
    grouped: 'Group by database server',
    clear: 'Clear the filters',
  },
  list: {
    columns: {
      name: 'Name',
      vendor: 'Vendor',
      instance: 'Instance',
      dialect: 'Dialect',
      host: 'Host',
      database: 'Database',
      username: 'User',
      secrets: 'Secrets',
      signIn: 'Signs in with',
      updatedAt: 'Last change',
    },
    count: (shown: number, total: number | null) => {
      if (total === null) return `${shown} connections; an instance is missing`;
      return shown === total ? `${total} connections` : `${shown} of ${total} connections`;
    },
    empty: 'No connection fits these filters.',
    failed: (instance: string, reason: string) => `${instance} is missing in this list. ${reason}`,
    stale: (instance: string, readAt: string, reason: string) =>
      `${instance} is shown as it was at ${formatTime(readAt)}. ${reason}`,
    unsearchable: (instance: string) =>
      `${instance} never reports what you filter by, so it was not searched. It may have connections that fit.`,
    server: (host: string | null, connections: number, instances: number) =>
      `${host ?? 'Host not reported'}: ${plural(connections, 'connection')} at ${plural(instances, 'instance')}`,
  },
  secrets: {
    set: 'set',
    notSet: 'not set',
    unknown: 'unknown',
  },
};
