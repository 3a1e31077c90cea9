import type { ReactNode } from "react";
import { Dialog } from "./dialog.tsx";
import { Problem } from "./problem.tsx";
import { useTexts } from "./texts.ts";
import { useAct } from "./use-act.ts";

interface Props {
  title: string;
  /** What will happen, and whether it can be undone. */
  children: ReactNode;
  /** Label of the button that does it. */
  act: string;
  /** Words for codes of this act. */
  words?: Readonly<Record<string, string>>;
  run(): Promise<unknown>;
  onClose(): void;
}

/** Asks before something that cannot be undone. The focus starts at the way out. */
export function Confirm({ title, children, act, words = {}, run, onClose }: Props) {
  const { shell } = useTexts();
  const doing = useAct(async () => {
    await run();
    onClose();
  });
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{children}</p>
      {doing.error !== null && <Problem error={doing.error} words={words} />}
      <div className="dialog-buttons">
        <button type="button" className="button" data-first onClick={onClose}>
          {shell.cancel}
        </button>
        <button type="button" className="button danger" disabled={doing.busy} onClick={() => doing.run()}>
          {act}
        </button>
      </div>
    </Dialog>
  );
}
