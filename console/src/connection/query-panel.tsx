// The same connection as a GraphQL query.
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { useMemo } from 'react';
import { CopyButton } from '../frame/copy-button.tsx';
import { Panel } from '../frame/panel.tsx';
import { ReadConnectionDocument } from '../generated/graphql.ts';
import { hasGraphiql } from '../page.ts';
import { texts } from '../texts.ts';
import { queryText } from './query-text.ts';
import type { Connection } from './use-connection.ts';

export function QueryPanel({ connection }: { readonly connection: Connection }) {
  const text = useMemo(() => queryText(ReadConnectionDocument, connection), [connection]);
  const variables = JSON.stringify({ id: connection.id });
  const graphiql = `/graphql?${new URLSearchParams({ query: text, variables }).toString()}`;
  return (
    <Panel title={texts.query.title}>
      <Stack direction="row" spacing={1} sx={{ mb: 1 }}>
        <CopyButton label={texts.query.copy} text={`${text}\n\n# ${texts.query.variables}: ${variables}\n`} />
        {hasGraphiql && (
          <Button href={graphiql} variant="outlined">
            {texts.query.open}
          </Button>
        )}
      </Stack>
      <Box component="details">
        <summary>{texts.query.show}</summary>
        <Box
          component="pre"
          tabIndex={0}
          aria-label={texts.query.title}
          sx={{ overflow: 'auto', maxHeight: 400, fontSize: 12 }}
        >
          {text}
        </Box>
      </Box>
    </Panel>
  );
}
