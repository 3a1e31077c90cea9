import { useReached } from "../client/reach.ts";
import { useLiveState } from "../shell/live-state.ts";
import { useTexts } from "../shell/texts.ts";

/** Connection of the page: live, reconnecting or offline. Says a change to screen readers. */
export function Pill() {
  const { shell } = useTexts();
  const { live } = useLiveState();
  const state = useReached() ? live : "offline";
  return (
    <p className="pill" role="status" data-state={state} hidden={state === "idle"}>
      {state !== "idle" && shell.connection[state]}
    </p>
  );
}
