import type { MakeLiveInput } from "../../../../../contracts/console/versions.ts";
import { api } from "../../client/api.ts";
import { useTenant } from "../../client/session.tsx";
import { tenantPath } from "../../client/use-api.ts";
import { Dialog } from "../../shell/dialog.tsx";
import { Problem } from "../../shell/problem.tsx";
import { useTexts } from "../../shell/texts.ts";
import { useToasts } from "../../shell/toasts.tsx";
import { useAct } from "../../shell/use-act.ts";
import { useCompanyTexts } from "../draft/texts.ts";
import { VersionChanges } from "./version-changes.tsx";

interface Props {
  number: number;
  /** What the person saw as live. */
  live: number | null;
  act: string;
  onDone(): Promise<void>;
  onClose(): void;
}

/** Shows what changes for customers before a version becomes live. */
export function MakeLive({ number, live, act, onDone, onClose }: Props) {
  const { versions: words } = useCompanyTexts();
  const { shell } = useTexts();
  const { tenantId } = useTenant();
  const toasts = useToasts();
  const making = useAct(async () => {
    const body: MakeLiveInput = { expected: live };
    await api(tenantPath(tenantId, `/versions/${number}/live`), { body });
    toasts.show({ text: words.done(number) });
    onClose();
    await onDone();
  });
  return (
    <Dialog title={words.makeLiveTitle(number)} onClose={onClose} shape="wide">
      <p>{words.makeLiveAdvice}</p>
      <VersionChanges number={number} against="live" />
      {making.error !== null && <Problem error={making.error} words={words.errors} />}
      <div className="dialog-buttons">
        <button type="button" className="button" data-first onClick={onClose}>
          {shell.cancel}
        </button>
        <button type="button" className="button primary" disabled={making.busy} onClick={() => making.run()}>
          {act}
        </button>
      </div>
    </Dialog>
  );
}
