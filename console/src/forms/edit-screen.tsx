// The screen at /edit.
import { Screen } from '../frame/screen.tsx';
import { texts } from '../texts.ts';

export default function EditScreen({ id }: { readonly id: string }) {
  return <Screen title={texts.nav.connections}>{id}</Screen>;
}
