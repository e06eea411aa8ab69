// All texts of the console. A translation replaces this file.
import type { Capability } from './generated/graphql.ts';

const TIME = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

const formatTime = (time: string): string => TIME.format(new Date(time));

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

export const texts = {
  product: 'Patchbay',
  skip: 'Skip to the content',
  loading: 'Loading …',
  retry: 'Try again',
  cancel: 'Cancel',
  copied: 'Copied',
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
  secretStatus: {
    SET: '•••••••• (set)',
    NOT_SET: 'not set',
    UNKNOWN: 'unknown',
  },
  connection: {
    none: 'There is no such connection',
    summary: 'Connection',
    vendorId: 'ID at the vendor',
    createdAt: 'Created',
    deletedAt: 'Moved to the trash',
    settings: (dialect: string) => `Settings of ${dialect}`,
    details: (vendor: string) => `Details of ${vendor}`,
    missing: (names: string) => `Not set or not reported: ${names}.`,
    partial: (vendor: string) => `${vendor} reports only a part of the settings. The others may be set.`,
    copyId: 'Copy the ID',
    edit: 'Edit',
    remove: 'Delete',
  },
  operations: {
    title: 'What can be done',
    update: 'Change settings',
    rotate: 'Replace secrets',
    test: 'Test with the stored secrets',
    delete: 'Delete',
    possible: 'Possible',
    notByVendor: (instance: string) => `The API of ${instance} cannot do this.`,
    notByConnection: 'The vendor does not allow this for this connection.',
    readOnly: 'This console is for reading.',
    missingScope: (scope: string) => `Your token has no scope ${scope} for this instance.`,
  },
  test: {
    title: 'Test',
    run: 'Test the connection',
    outcome: (outcome: string, durationMs: number) => `The test ${outcome} after ${durationMs} ms.`,
    outcomes: { PASSED: 'passed', WARNED: 'has a warning', FAILED: 'failed', SKIPPED: 'was skipped' },
  },
  remove: {
    title: 'Delete the connection',
    intro: (name: string) => `Everything that uses “${name}” will stop working. Type the name to delete it.`,
    name: 'Name of the connection',
    submit: 'Delete for good',
    done: (name: string) => `“${name}” is deleted`,
    archived: 'The vendor moved the connection to its trash and erased its secrets.',
  },
  query: {
    title: 'As a GraphQL query',
    show: 'Show the query',
    copy: 'Copy the query',
    open: 'Open in GraphiQL',
    variables: 'variables',
  },
  instances: {
    key: 'Key',
    can: 'Can',
    cannot: 'Cannot',
    connections: 'Show its connections',
  },
  health: {
    asking: 'Asking the vendor …',
    again: 'Check again',
    statuses: {
      UP: 'Answers as expected.',
      DEGRADED: 'Answers, but its rate limit is reached.',
      UNAUTHORIZED: 'Refuses the credentials of the gateway, or they lack a permission.',
      DOWN: 'Does not answer, or not as expected.',
    },
    latency: (ms: number) => `The last answer took ${ms} ms.`,
    breaker: 'The gateway has stopped calling it for a while, because calls kept failing.',
    rateLimit: (remaining: number | null, limit: number | null) =>
      `${remaining ?? 'An unknown number'} of ${limit ?? 'an unknown number'} requests are left in this minute.`,
  },
  matrix: {
    title: 'Which vendor takes which dialect',
    statuses: { SUPPORTED: 'yes', READ_ONLY: 'read only', UNSUPPORTED: 'no' },
  },
};

/** What the API of an instance can do. */
export const CAPABILITIES: Readonly<Record<Capability, string>> = {
  LIST: 'list connections',
  READ: 'read a connection',
  CREATE: 'create',
  UPDATE: 'change settings',
  UPDATE_SECRETS: 'replace secrets',
  RENAME: 'rename',
  DELETE: 'delete',
  TEST_SAVED: 'test a saved connection',
  TEST_UNSAVED: 'test before saving',
};
