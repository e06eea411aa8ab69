// All connections.
import { Screen } from '../frame/screen.tsx';
import { texts } from '../texts.ts';

export function ConnectionsScreen() {
  return <Screen title={texts.nav.connections}>{null}</Screen>;
}
