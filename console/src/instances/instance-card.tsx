// One instance: where it is, whether it can be used now, and what its API can do.
import Button from '@mui/material/Button';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { Facts } from '../frame/facts.tsx';
import { Panel } from '../frame/panel.tsx';
import { CAPABILITIES, texts } from '../texts.ts';
import { InstanceHealthDocument, type InstanceListQuery } from '../generated/graphql.ts';
import { HealthPanel } from './health-panel.tsx';

type Instance = InstanceListQuery['vendors'][number]['instances'][number];

interface Props {
  readonly instance: Instance;
  /** The name of its vendor. */
  readonly vendor: string;
}

const listOf = (entries: readonly (readonly [string, string])[]) => entries.map(([, text]) => text).join(', ');

/** Asks for the health by itself, so that a slow vendor does not delay the others. */
export function InstanceCard({ instance: { id, key, label, host, capabilities }, vendor }: Props) {
  const [{ data, error, fetching }, ask] = useQuery({ query: InstanceHealthDocument, variables: { id } });
  const can = Object.entries(CAPABILITIES).filter(([name]) => capabilities.some((one) => one === name));
  const cannot = Object.entries(CAPABILITIES).filter(([name]) => !capabilities.some((one) => one === name));
  return (
    <Panel title={label}>
      <HealthPanel
        health={data?.vendorInstance?.health}
        rateLimit={data?.vendorInstance?.rateLimit}
        {...{ error, isAsking: fetching }}
        onAsk={() => ask({ requestPolicy: 'network-only' })}
      />
      <Facts
        facts={[
          [texts.list.columns.vendor, vendor],
          [texts.instances.key, key],
          [texts.list.columns.host, host],
          [texts.instances.can, listOf(can)],
          ...(cannot.length > 0 ? ([[texts.instances.cannot, listOf(cannot)]] as const) : []),
        ]}
      />
      <Button component={Link} href={`/?${new URLSearchParams({ instance: key }).toString()}`} sx={{ mt: 1, ml: -0.5 }}>
        {texts.instances.connections}
      </Button>
    </Panel>
  );
}
