// The view in the URL.
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'wouter';
import { parametersOf, viewOf, type View } from './view.ts';

/** Returns the view and a function that changes a part of it. The history keeps no entry for each change. */
export function useView(): readonly [View, (change: Partial<View>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const view = useMemo(() => viewOf(parameters), [parameters]);
  const change = useCallback(
    (part: Partial<View>) =>
      setParameters((before) => new URLSearchParams(parametersOf({ ...viewOf(before), ...part })), { replace: true }),
    [setParameters],
  );
  return [view, change];
}
