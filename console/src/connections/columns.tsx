// The columns of the list.
import Link from '@mui/material/Link';
import type { ReactNode } from 'react';
import { Link as RouteLink } from 'wouter';
import type { Labels } from '../api/start.tsx';
import { When } from '../frame/when.tsx';
import type { ConnectionOrderField, ConnectionRowFragment } from '../generated/graphql.ts';
import { texts } from '../texts.ts';
import { describeSecrets, setSecrets } from './secret-words.ts';

export interface Column {
  readonly name: string;
  /** The share of the table's width, in percent. */
  readonly width: number;
  /** The field by which the column can be sorted. */
  readonly order?: ConnectionOrderField;
  /** Whether the column is also shown where the window is narrow. */
  readonly isInCard?: boolean;
  readonly show: (row: ConnectionRowFragment, labels: Labels) => ReactNode;
  /** The text of the tooltip, where it is not what is shown. */
  readonly hint?: (row: ConnectionRowFragment) => string;
}

const { columns: names } = texts.list;

/** The first column holds the link to the connection. */
const NAME: Column = {
  name: names.name,
  width: 18,
  order: 'NAME',
  isInCard: true,
  show: ({ id, name }) => (
    <Link component={RouteLink} href={`/connections/${id}`} underline="hover">
      {name}
    </Link>
  ),
  hint: ({ name }) => name,
};

const WHERE: readonly Column[] = [
  { name: names.vendor, width: 8, order: 'VENDOR', show: ({ vendor }, labels) => labels.vendor(vendor) },
  { name: names.instance, width: 13, isInCard: true, show: ({ instance }) => instance.label },
  {
    name: names.dialect,
    width: 11,
    order: 'DIALECT',
    isInCard: true,
    show: ({ dialect, vendorDialect }, labels) => (dialect === 'OTHER' ? vendorDialect : labels.dialect(dialect)),
  },
];

const HOST: Column = { name: names.host, width: 17, isInCard: true, show: ({ host }) => host };

const DATABASE: Column = {
  name: names.database,
  width: 9,
  order: 'DATABASE',
  isInCard: true,
  show: ({ database }) => database,
};

const USER: Column = { name: names.username, width: 8, show: ({ username }) => username };

const SECRETS: Column = {
  name: names.secrets,
  width: 7,
  show: ({ secrets }) => describeSecrets(secrets),
  hint: ({ secrets }) => setSecrets(secrets),
};

const SIGN_IN: Column = {
  name: names.signIn,
  width: 22,
  show: ({ secrets }) => setSecrets(secrets) || describeSecrets(secrets),
};

const CHANGED: Column = {
  name: names.updatedAt,
  width: 10,
  show: ({ updatedAt }) => updatedAt && <When time={updatedAt} isDay />,
};

/** The columns of the list. */
export const LIST_COLUMNS: readonly Column[] = [NAME, ...WHERE, HOST, DATABASE, USER, SECRETS, CHANGED];

/** The columns below the line of a server: who reaches it, as whom, and how it signs in. */
export const SERVER_COLUMNS: readonly Column[] = [
  NAME,
  ...WHERE,
  DATABASE,
  { ...USER, isInCard: true },
  SIGN_IN,
  CHANGED,
];
