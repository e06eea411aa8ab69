// Who uses the console, which instances there are, and the names of dialects, for all screens.
import { createContext, use, useMemo, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { ErrorPanel } from '../frame/error-panel.tsx';
import { Loading } from '../frame/loading.tsx';
import {
  ConsoleStartDocument,
  type Capability,
  type ConsoleStartQuery,
  type Dialect,
  type Vendor,
} from '../generated/graphql.ts';
import { allows, type Operation } from './rights.ts';

export type InstanceInfo = ConsoleStartQuery['vendors'][number]['instances'][number];

/** The names of values for people. */
export interface Labels {
  readonly vendor: (vendor: Vendor) => string;
  readonly dialect: (dialect: Dialect) => string;
}

export interface Start {
  readonly viewer: ConsoleStartQuery['viewer'];
  readonly vendors: ConsoleStartQuery['vendors'];
  readonly instances: readonly InstanceInfo[];
  readonly dialects: ConsoleStartQuery['dialects'];
  readonly labels: Labels;
  /**
   * Returns whether the person may do something at an instance. What is refused is not shown.
   * @param capabilities those of the instance, or of one connection.
   */
  readonly may: (operation: Operation, instanceKey: string, capabilities: readonly Capability[]) => boolean;
  /** Returns whether the person may do something at one instance at least. */
  readonly mayAnywhere: (operation: Operation) => boolean;
}

const StartContext = createContext<Start | null>(null);

/** Returns who uses the console and which instances there are. */
export function useStart(): Start {
  const start = use(StartContext);
  if (!start) throw new Error('useStart needs StartProvider.');
  return start;
}

function labelsOf({ vendors, dialects }: ConsoleStartQuery): Labels {
  const ofVendors = new Map(vendors.map(({ vendor, label }) => [vendor, label]));
  const ofDialects = new Map(dialects.map(({ dialect, label }) => [dialect, label]));
  return {
    vendor: (vendor) => ofVendors.get(vendor) ?? vendor,
    dialect: (dialect) => ofDialects.get(dialect) ?? dialect,
  };
}

function startOf(answer: ConsoleStartQuery): Start {
  const { viewer, vendors, dialects } = answer;
  const instances = vendors.flatMap((vendor) => vendor.instances);
  const may: Start['may'] = ({ action, capability }, instanceKey, capabilities) =>
    capabilities.includes(capability) && allows(viewer.scopes, action, instanceKey);
  const mayAnywhere: Start['mayAnywhere'] = (operation) =>
    instances.some(({ key, capabilities }) => may(operation, key, capabilities));
  return { viewer, vendors, instances, dialects, labels: labelsOf(answer), may, mayAnywhere };
}

/** Asks for it once, and shows its children when it is known. */
export function StartProvider({ children }: { readonly children: ReactNode }) {
  const [{ data, error }, ask] = useQuery({ query: ConsoleStartDocument });
  const start = useMemo(() => data && startOf(data), [data]);
  if (start) return <StartContext value={start}>{children}</StartContext>;
  if (error) return <ErrorPanel error={error} onRetry={() => ask({ requestPolicy: 'network-only' })} />;
  return <Loading />;
}
