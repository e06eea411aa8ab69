// Colours and styles for everything below it. Nothing is stored in the browser.
import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { styleNonce } from '../page.ts';
import { theme } from '../theme.ts';

const styles = createCache({ key: 'css', nonce: styleNonce });

/** Applies the theme. `storageManager` is null: the choice of colours is not stored. */
export function Look({ children }: { readonly children: ReactNode }) {
  return (
    <CacheProvider value={styles}>
      <ThemeProvider theme={theme} defaultMode="system" storageManager={null}>
        <CssBaseline />
        {children}
      </ThemeProvider>
    </CacheProvider>
  );
}
