// All connections: filters, what could not be read, and the table.
import LinearProgress from '@mui/material/LinearProgress';
import Box from '@mui/material/Box';
import { useEffect, useMemo } from 'react';
import { ErrorPanel } from '../frame/error-panel.tsx';
import { Loading } from '../frame/loading.tsx';
import { Screen } from '../frame/screen.tsx';
import { texts } from '../texts.ts';
import { ConnectionTable } from './connection-table.tsx';
import { Count } from './count.tsx';
import { Filters } from './filters.tsx';
import { linesOf } from './servers.ts';
import { SourceBanners } from './source-banners.tsx';
import { usePages } from './use-pages.ts';
import { useView } from './use-view.ts';

export function ConnectionsScreen() {
  const [view, change] = useView();
  const { pages, error, isReading, readMore, readAgain } = usePages(view);
  const rows = pages?.rows;
  const lines = useMemo(() => linesOf(rows ?? [], view.isGrouped), [rows, view.isGrouped]);
  useEffect(() => {
    // A group is complete only when all pages are read.
    if (view.isGrouped) readMore();
  }, [view.isGrouped, readMore]);
  return (
    <Screen title={texts.nav.connections}>
      <Filters view={view} onChange={change} />
      <Box sx={{ height: 4 }}>{isReading && pages && <LinearProgress aria-label={texts.loading} />}</Box>
      {error && <ErrorPanel error={error} onRetry={readAgain} />}
      {pages ? (
        <>
          <SourceBanners pages={pages} onRetry={readAgain} />
          <Count pages={pages} />
          <ConnectionTable lines={lines} totalCount={pages.totalCount} {...{ view, change, readMore }} />
        </>
      ) : (
        !error && <Loading />
      )}
    </Screen>
  );
}
