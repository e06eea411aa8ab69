// Copies a text.
import Button from '@mui/material/Button';
import { useEffect, useState } from 'react';
import { texts } from '../texts.ts';

const SHOWN_MS = 2000;

/** A button that copies a text and says so. Nothing where the browser allows no copying: over HTTP from another machine. */
export function CopyButton({ label, text }: { readonly label: string; readonly text: string }) {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setIsCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  if (!window.isSecureContext) return null;
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setIsCopied(true);
  };
  return (
    <>
      <Button variant="outlined" onClick={() => void copy()}>
        {isCopied ? texts.copied : label}
      </Button>
      <output className="visually-hidden">{isCopied ? texts.copied : ''}</output>
    </>
  );
}
