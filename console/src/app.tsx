// The console: signs in where the gateway asks for it, then shows the screens.
import Box from '@mui/material/Box';
import Container from '@mui/material/Container';
import { useState } from 'react';
import { Provider } from 'urql';
import { createClient } from './api/client.ts';
import { hasToken, setToken } from './api/session.ts';
import { StartProvider } from './api/start.tsx';
import { ErrorBoundary } from './frame/error-boundary.tsx';
import { Look } from './frame/look.tsx';
import { Nav } from './frame/nav.tsx';
import { SignIn } from './frame/sign-in.tsx';
import { SkipLink } from './frame/skip-link.tsx';
import { Screens } from './screens.tsx';

interface SessionProps {
  readonly onUnauthenticated: () => void;
  readonly onSignOut: () => void;
}

/** The screens for one token. A new token gets a new client, so that nothing of another person is in its cache. */
function Session({ onUnauthenticated, onSignOut }: SessionProps) {
  const [client] = useState(() => createClient(onUnauthenticated));
  return (
    <Provider value={client}>
      <StartProvider>
        <SkipLink />
        <Box component="header">
          <Nav onSignOut={onSignOut} />
        </Box>
        <Container component="main" id="content" maxWidth="xl" sx={{ py: 2 }}>
          <ErrorBoundary>
            <Screens />
          </ErrorBoundary>
        </Container>
      </StartProvider>
    </Provider>
  );
}

/** The whole page. */
export function App() {
  const [tokenCount, setTokenCount] = useState(0);
  const [isAsking, setIsAsking] = useState(false);
  const replaceToken = (token: string) => {
    setToken(token);
    setTokenCount(tokenCount + 1);
    setIsAsking(false);
  };
  return (
    <Look>
      <ErrorBoundary>
        {isAsking ? (
          <SignIn wasRefused={hasToken()} onToken={replaceToken} />
        ) : (
          <Session key={tokenCount} onUnauthenticated={() => setIsAsking(true)} onSignOut={() => replaceToken('')} />
        )}
      </ErrorBoundary>
    </Look>
  );
}
