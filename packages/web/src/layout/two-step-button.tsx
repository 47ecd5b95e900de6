import { useEffect, useRef, useState } from 'react';

/** A button for what can't be undone: asks once more in its place. */
export function TwoStepButton({
  label,
  question,
  yes,
  no,
  busy,
  onConfirm,
}: {
  readonly label: string;
  readonly question: string;
  readonly yes: string;
  readonly no: string;
  readonly busy: boolean;
  readonly onConfirm: () => void;
}) {
  const [asking, setAsking] = useState(false);
  const safeChoice = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asking) safeChoice.current?.focus();
  }, [asking]);
  if (!asking) {
    return (
      <button
        type="button"
        className="button-plain"
        disabled={busy}
        onClick={() => setAsking(true)}
      >
        {label}
      </button>
    );
  }
  return (
    <fieldset className="two-step">
      <legend>{question}</legend>
      <button type="button" className="button-danger" disabled={busy} onClick={onConfirm}>
        {yes}
      </button>
      <button
        ref={safeChoice}
        type="button"
        className="button-plain"
        disabled={busy}
        onClick={() => setAsking(false)}
      >
        {no}
      </button>
    </fieldset>
  );
}
