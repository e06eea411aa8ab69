// The connections of a rotation with their outcomes.
import Link from '@mui/material/Link';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { Link as RouterLink } from 'wouter';
import { texts } from '../texts.ts';
import type { Progress } from './use-progress.ts';
import type { RotationRow } from './use-rotation.ts';

/** Returns why a row has its status, as sentences. */
function reasonsOf({ reason, result, error, verification }: RotationRow): readonly string[] {
  const refusal = result && result.__typename !== 'UpdateConnectionSuccess' ? result : null;
  const issues = refusal?.__typename === 'ValidationError' ? refusal.issues.map(({ message }) => message) : [];
  const checks = verification?.outcome === 'FAILED' ? verification.checks.map(({ message }) => message) : [];
  const sentences = [reason, issues.length > 0 ? null : refusal?.message, ...issues, error?.message, ...checks];
  return [...new Set(sentences.filter((text) => typeof text === 'string'))];
}

interface Props {
  readonly rows: readonly RotationRow[];
  /** What is known of each row while the rotation runs. */
  readonly progress?: Progress;
}

export function RotateTable({ rows, progress }: Props) {
  const { columns, statuses, states } = texts.rotate;
  const statusOf = ({ id, status }: RotationRow): string => ({ ...statuses, ...states })[progress?.get(id) ?? status];
  return (
    // A table that is wider than a narrow window scrolls by the keyboard too.
    <TableContainer component="section" tabIndex={0} aria-label={texts.rotate.rows}>
      <Table size="small">
        <TableHead>
          <TableRow>
            {[columns.name, columns.instance, columns.status, columns.reason].map((column) => (
              <TableCell key={column}>{column}</TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={row.id} data-status={row.status}>
              <TableCell component="th" scope="row">
                <Link component={RouterLink} href={`/connections/${row.id}`}>
                  {row.connection?.name ?? row.id}
                </Link>
              </TableCell>
              <TableCell>{row.connection?.instance.label}</TableCell>
              <TableCell>{statusOf(row)}</TableCell>
              <TableCell>
                {reasonsOf(row).map((text) => (
                  <div key={text}>{text}</div>
                ))}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
