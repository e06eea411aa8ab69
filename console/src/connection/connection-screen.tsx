// One connection: its settings, what can be done with it, and a test.
import { Screen } from '../frame/screen.tsx';
import { texts } from '../texts.ts';

export default function ConnectionScreen({ id }: { readonly id: string }) {
  return <Screen title={texts.nav.connections}>{id}</Screen>;
}
