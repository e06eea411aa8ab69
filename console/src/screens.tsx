// The screens by their paths. All but the list are loaded when they are opened.
import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { ConnectionsScreen } from './connections/connections-screen.tsx';
import { Loading } from './frame/loading.tsx';
import { NotFoundScreen } from './frame/not-found-screen.tsx';

const ConnectionScreen = lazy(() => import('./connection/connection-screen.tsx'));
const InstancesScreen = lazy(() => import('./instances/instances-screen.tsx'));
const CreateScreen = lazy(() => import('./forms/create-screen.tsx'));
const EditScreen = lazy(() => import('./forms/edit-screen.tsx'));
const RotateScreen = lazy(() => import('./forms/rotate-screen.tsx'));

/** Shows the screen of the current path. */
export function Screens() {
  return (
    <Suspense fallback={<Loading />}>
      <Switch>
        <Route path="/">
          <ConnectionsScreen />
        </Route>
        <Route path="/connections/:id/edit">{({ id }) => <EditScreen key={id} id={id} />}</Route>
        <Route path="/connections/:id">{({ id }) => <ConnectionScreen key={id} id={id} />}</Route>
        <Route path="/instances">
          <InstancesScreen />
        </Route>
        <Route path="/create">
          <CreateScreen />
        </Route>
        <Route path="/rotate">
          <RotateScreen />
        </Route>
        <Route>
          <NotFoundScreen />
        </Route>
      </Switch>
    </Suspense>
  );
}
