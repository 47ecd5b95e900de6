import { useState } from 'react';
import { client } from '../api/client.js';
import { Notice } from '../layout/notice.js';
import { TwoStepButton } from '../layout/two-step-button.js';

/** Gives the seats of a booking back, once it was asked twice. */
export function CancelButton({
  bookingId,
  onDone,
}: {
  readonly bookingId: string;
  readonly onDone: () => void;
}) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const cancel = async (): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    try {
      await client.cancel(bookingId);
    } catch (error) {
      setFailure((error as Error).message);
    }
    setBusy(false);
    onDone();
  };
  return (
    <>
      <TwoStepButton
        label="Cancel booking"
        question="Give the seats back?"
        yes="Yes, cancel"
        no="Keep them"
        busy={busy}
        onConfirm={cancel}
      />
      {failure !== undefined && <Notice kind="error">{failure}</Notice>}
    </>
  );
}
