// The screen at /create.
import { Screen } from '../frame/screen.tsx';
import { texts } from '../texts.ts';

export default function CreateScreen() {
  return <Screen title={texts.nav.create}>{null}</Screen>;
}
