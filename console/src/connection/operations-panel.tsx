// What can be done with a connection, and why the rest cannot.
import List from '@mui/material/List';
import ListItem from '@mui/material/ListItem';
import ListItemText from '@mui/material/ListItemText';
import { allows, OPERATIONS, type Operation } from '../api/rights.ts';
import { useStart } from '../api/start.tsx';
import { Panel } from '../frame/panel.tsx';
import { isReadOnly } from '../page.ts';
import { texts } from '../texts.ts';
import type { Connection } from './use-connection.ts';

const SHOWN = ['update', 'rotate', 'test', 'delete'] as const;

/** Returns why an operation is not possible; null when it is. */
function obstacleTo(operation: Operation, connection: Connection, scopes: readonly string[]): string | null {
  const { instance, capabilities } = connection;
  if (!instance.capabilities.includes(operation.capability)) return texts.operations.notByVendor(instance.label);
  if (!capabilities.includes(operation.capability)) return texts.operations.notByConnection;
  if (allows(scopes, operation.action, instance.key)) return null;
  return isReadOnly ? texts.operations.readOnly : texts.operations.missingScope(operation.action);
}

export function OperationsPanel({ connection }: { readonly connection: Connection }) {
  const { viewer } = useStart();
  return (
    <Panel title={texts.operations.title}>
      <List dense disablePadding>
        {SHOWN.map((name) => {
          const obstacle = obstacleTo(OPERATIONS[name], connection, viewer.scopes);
          return (
            <ListItem key={name} disableGutters>
              <ListItemText primary={texts.operations[name]} secondary={obstacle ?? texts.operations.possible} />
            </ListItem>
          );
        })}
      </List>
    </Panel>
  );
}
