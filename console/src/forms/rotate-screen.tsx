// The screen at /rotate.
import { Screen } from '../frame/screen.tsx';
import { texts } from '../texts.ts';

export default function RotateScreen() {
  return <Screen title={texts.nav.rotate}>{null}</Screen>;
}
