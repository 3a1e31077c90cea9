import { useState } from "react";
import { usePage } from "../../shared/page.tsx";

/** Button that deletes the conversation after a confirmation. */
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
      <span>{words.resetConfirm}</span>
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
