// The instances: whether each can be used, and which dialects each takes.
import Box from '@mui/material/Box';
import { useQuery } from 'urql';
import { ErrorPanel } from '../frame/error-panel.tsx';
import { Loading } from '../frame/loading.tsx';
import { Panel } from '../frame/panel.tsx';
import { Screen } from '../frame/screen.tsx';
import { InstanceListDocument } from '../generated/graphql.ts';
import { texts } from '../texts.ts';
import { DialectMatrix } from './dialect-matrix.tsx';
import { InstanceCard } from './instance-card.tsx';

const GRID = {
  display: 'grid',
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))' },
  gap: 2,
  mb: 2,
};

export default function InstancesScreen() {
  const [{ data, error }, ask] = useQuery({ query: InstanceListDocument });
  if (!data) {
    return error ? <ErrorPanel error={error} onRetry={() => ask({ requestPolicy: 'network-only' })} /> : <Loading />;
  }
  const { vendors, dialects } = data;
  return (
    <Screen title={texts.nav.instances}>
      <Box sx={GRID}>
        {vendors.flatMap(({ label, instances }) =>
          instances.map((instance) => <InstanceCard key={instance.id} instance={instance} vendor={label} />),
        )}
      </Box>
      <Panel title={texts.matrix.title}>
        <DialectMatrix vendors={vendors} dialects={dialects} />
      </Panel>
    </Screen>
  );
}
