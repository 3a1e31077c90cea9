import { useState } from "react";
import { usePage } from "../shared/page.tsx";

/** Forgets the conversation, once the reader has said so twice. */
export function ResetButton({ onReset }: { onReset(): void }) {
  const { texts } = usePage();
  const words = texts.simulator.customers;
  const [asking, setAsking] = useState(false);
  if (!asking)
    return (
      <button type="button" className="quiet" onClick={() => setAsking(true)}>
        {words.reset}
      </button>
    );
  return (
    <div className="reset-ask" role="alert">
      <span>{words.resetSure}</span>
      <button
        type="button"
        className="quiet quiet-bad"
        onClick={() => {
          setAsking(false);
          onReset();
        }}
      >
        {words.resetYes}
      </button>
      <button type="button" className="quiet" onClick={() => setAsking(false)}>
        {words.cancel}
      </button>
    </div>
  );
}
