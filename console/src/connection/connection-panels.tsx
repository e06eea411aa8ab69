// The parts of the screen of one connection.
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { OPERATIONS } from '../api/rights.ts';
import { useStart } from '../api/start.tsx';
import { Facts, type Fact } from '../frame/facts.tsx';
import { Panel } from '../frame/panel.tsx';
import { When } from '../frame/when.tsx';
import { texts } from '../texts.ts';
import { OperationsPanel } from './operations-panel.tsx';
import { QueryPanel } from './query-panel.tsx';
import { SettingsList } from './settings-list.tsx';
import { TestPanel } from './test-panel.tsx';
import type { Connection } from './use-connection.ts';

const GRID = {
  display: 'grid',
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))' },
  gap: 2,
};

const when = (time: string | null | undefined) => (time ? <When time={time} /> : null);

function Summary({ connection }: { readonly connection: Connection }) {
  const { labels } = useStart();
  const { vendor, instance, dialect, vendorDialect, vendorId, createdAt, updatedAt, deletedAt } = connection;
  const facts: readonly Fact[] = [
    [texts.list.columns.vendor, labels.vendor(vendor)],
    [texts.list.columns.instance, instance.label],
    [texts.list.columns.dialect, `${labels.dialect(dialect)} (${vendorDialect})`],
    [texts.connection.vendorId, vendorId],
    [texts.connection.createdAt, when(createdAt)],
    [texts.list.columns.updatedAt, when(updatedAt)],
    [texts.connection.deletedAt, when(deletedAt)],
  ];
  return (
    <Panel title={texts.connection.summary}>
      <Facts facts={facts.filter(([, value]) => value !== null)} />
    </Panel>
  );
}

/** Shows what is known about a connection and what can be done with it. */
export function ConnectionPanels({ connection }: { readonly connection: Connection }) {
  const { may, labels } = useStart();
  const { id, instance, capabilities, config, details, completeness, vendor, dialect } = connection;
  return (
    <>
      {completeness === 'PARTIAL' && (
        <Alert severity="info" sx={{ mb: 2 }}>
          {texts.connection.partial(labels.vendor(vendor))}
        </Alert>
      )}
      <Box sx={GRID}>
        <Summary connection={connection} />
        <OperationsPanel connection={connection} />
        <Panel title={texts.connection.settings(labels.dialect(dialect))}>
          <SettingsList values={config} />
        </Panel>
        <Panel title={texts.connection.details(labels.vendor(vendor))}>
          <SettingsList values={details} />
        </Panel>
        {may(OPERATIONS.test, instance.key, capabilities) && <TestPanel id={id} />}
        <QueryPanel connection={connection} />
      </Box>
    </>
  );
}
