// All texts of the console. A translation replaces this file.
import type { Vendor } from './generated/graphql.ts';

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
  vendors: {
    CHARTBREW: 'Chartbrew',
    CREDIBLE: 'Credible',
    LOOKER: 'Looker',
    OMNI: 'Omni',
  } satisfies Record<Vendor, string>,
};
