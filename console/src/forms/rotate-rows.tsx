// Chooses connections one by one for a rotation.
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useQuery } from 'urql';
import { OPERATIONS } from '../api/rights.ts';
import { useStart } from '../api/start.tsx';
import { ErrorPanel } from '../frame/error-panel.tsx';
import { Loading } from '../frame/loading.tsx';
import { RotationRowsDocument } from '../generated/graphql.ts';
import { texts } from '../texts.ts';

interface Props {
  readonly ids: readonly string[];
  readonly onIds: (ids: readonly string[]) => void;
}

/** A search by name, and a box for each connection whose secrets the person may replace. */
export function RotateRows({ ids, onIds }: Props) {
  const { may } = useStart();
  const [text, setText] = useState('');
  const [{ data, error, fetching }, ask] = useQuery({
    query: RotationRowsDocument,
    variables: { name: text === '' ? null : { contains: text } },
  });
  const rows = data?.connections.nodes.filter(({ instance, capabilities }) =>
    may(OPERATIONS.rotate, instance.key, capabilities),
  );
  return (
    <Stack spacing={1}>
      <TextField
        id="rotate-name"
        label={texts.rotate.rowsName}
        value={text}
        onChange={({ target }) => setText(target.value)}
        autoComplete="off"
      />
      {error && <ErrorPanel error={error} onRetry={() => ask({ requestPolicy: 'network-only' })} />}
      {!rows && fetching && <Loading />}
      {rows?.length === 0 && <Typography>{texts.rotate.noRows}</Typography>}
      <Box
        component="fieldset"
        aria-label={texts.rotate.rows}
        sx={{ border: 0, m: 0, p: 0, maxHeight: 320, overflow: 'auto' }}
      >
        {rows?.map(({ id, name, instance, host, username }) => (
          <FormControlLabel
            key={id}
            sx={{ display: 'flex' }}
            control={<Checkbox size="small" name="row" />}
            checked={ids.includes(id)}
            onChange={(_event, isChosen) => onIds(isChosen ? [...ids, id] : ids.filter((other) => other !== id))}
            label={[name, instance.label, host, username].filter(Boolean).join(' · ')}
            slotProps={{ typography: { variant: 'body2' } }}
          />
        ))}
      </Box>
    </Stack>
  );
}
