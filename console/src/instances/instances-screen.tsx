// The instances: whether each can be used, and which dialects each takes.
import { Screen } from '../frame/screen.tsx';
import { texts } from '../texts.ts';

export default function InstancesScreen() {
  return <Screen title={texts.nav.instances}>{null}</Screen>;
}
