// The bar at the top: the screens, the colours, and who is signed in.
import AppBar from '@mui/material/AppBar';
import Button from '@mui/material/Button';
import Toolbar from '@mui/material/Toolbar';
import Typography from '@mui/material/Typography';
import Box from '@mui/material/Box';
import { Link, useLocation } from 'wouter';
import { OPERATIONS } from '../api/rights.ts';
import { hasToken } from '../api/session.ts';
import { useStart } from '../api/start.tsx';
import { hasGraphiql } from '../page.ts';
import { texts } from '../texts.ts';
import { SchemeToggle } from './scheme-toggle.tsx';

function NavLink({ to, children }: { readonly to: string; readonly children: string }) {
  const [path] = useLocation();
  const isCurrent = path === to;
  return (
    <Button
      component={Link}
      href={to}
      color="inherit"
      aria-current={isCurrent ? 'page' : undefined}
      sx={{ textDecoration: isCurrent ? 'underline' : 'none', textUnderlineOffset: 6 }}
    >
      {children}
    </Button>
  );
}

/** The bar at the top. @param onSignOut forgets the token. */
export function Nav({ onSignOut }: { readonly onSignOut: () => void }) {
  const { viewer, mayAnywhere } = useStart();
  return (
    <AppBar position="static" color="default" elevation={0} sx={{ borderBottom: 1, borderColor: 'divider' }}>
      <Toolbar variant="dense" sx={{ flexWrap: 'wrap', gap: 0.5, py: 0.5 }}>
        <Typography component="span" sx={{ fontWeight: 700, mr: 1 }}>
          {texts.product}
        </Typography>
        <Box component="nav" aria-label={texts.nav.label} sx={{ flexGrow: 1 }}>
          <NavLink to="/">{texts.nav.connections}</NavLink>
          <NavLink to="/instances">{texts.nav.instances}</NavLink>
          {mayAnywhere(OPERATIONS.create) && <NavLink to="/create">{texts.nav.create}</NavLink>}
          {mayAnywhere(OPERATIONS.rotate) && <NavLink to="/rotate">{texts.nav.rotate}</NavLink>}
          {hasGraphiql && (
            <Button href="/graphql" color="inherit">
              {texts.nav.graphiql}
            </Button>
          )}
        </Box>
        <SchemeToggle />
        {hasToken() && (
          <Button color="inherit" onClick={onSignOut} aria-label={`${texts.nav.signOut} (${viewer.name})`}>
            {texts.nav.signOut}
          </Button>
        )}
      </Toolbar>
    </AppBar>
  );
}
