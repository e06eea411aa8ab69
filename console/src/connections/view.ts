// What the list shows: its filters and its order. The URL keeps them, so that a view can be sent to somebody.
import type { ConnectionFilter, ConnectionOrder, ConnectionOrderField, Dialect, Vendor } from '../generated/graphql.ts';

/** The filters and the order of the list. An empty text filters nothing. */
export interface View {
  /** A part of the name. */
  readonly text: string;
  /** A part of the host. */
  readonly host: string;
  readonly vendor: Vendor | '';
  /** The key of an instance. */
  readonly instance: string;
  readonly dialect: Dialect | '';
  readonly order: ConnectionOrderField;
  readonly isDescending: boolean;
  /** Whether the list is grouped by database server. */
  readonly isGrouped: boolean;
}

export const EMPTY_VIEW: View = {
  text: '',
  host: '',
  vendor: '',
  instance: '',
  dialect: '',
  order: 'NAME',
  isDescending: false,
  isGrouped: false,
};

/** The parameters of the URL by the filters that are texts. */
const PARAMETERS = { text: 'q', host: 'host', vendor: 'vendor', instance: 'instance', dialect: 'dialect' } as const;

/** Returns the view that a URL names. The gateway refuses a vendor or a dialect that it does not know. */
export function viewOf(parameters: URLSearchParams): View {
  const texts = Object.entries(PARAMETERS).map(([key, name]) => [key, parameters.get(name) ?? '']);
  return {
    ...EMPTY_VIEW,
    ...(Object.fromEntries(texts) as Partial<View>),
    order: (parameters.get('order') ?? EMPTY_VIEW.order) as ConnectionOrderField,
    isDescending: parameters.has('descending'),
    isGrouped: parameters.has('servers'),
  };
}

/** Returns the parameters of the URL for a view; none for what is not set. */
export function parametersOf(view: View): Record<string, string> {
  const texts = Object.entries(PARAMETERS).map(([key, name]) => [name, view[key as keyof typeof PARAMETERS]]);
  return {
    ...Object.fromEntries(texts.filter(([, value]) => value !== '')),
    ...(view.order === EMPTY_VIEW.order ? {} : { order: view.order }),
    ...(view.isDescending ? { descending: '' } : {}),
    ...(view.isGrouped ? { servers: '' } : {}),
  };
}

/** Returns the filter and the order that the gateway applies. */
export function variablesOf(view: Omit<View, 'isGrouped'>): { filter: ConnectionFilter; orderBy: ConnectionOrder } {
  const { text, host, vendor, instance, dialect, order, isDescending } = view;
  return {
    filter: {
      ...(text && { name: { contains: text } }),
      ...(host && { host: { contains: host } }),
      ...(vendor && { vendor: [vendor] }),
      ...(instance && { instance: [instance] }),
      ...(dialect && { dialect: [dialect] }),
    },
    orderBy: { field: order, direction: isDescending ? 'DESC' : 'ASC' },
  };
}
