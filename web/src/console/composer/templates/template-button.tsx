import { lazy, Suspense, useState } from "react";
import { Icon } from "../../../shared/icons.tsx";
import type { ConversationProps } from "../../outbox/conversation-props.ts";
import { useKeyedAct } from "../../shell/commands.ts";
import { useTexts } from "../../shell/texts.ts";

const TemplateDialog = lazy(() =>
  import("./template-dialog.tsx").then((m) => ({ default: m.TemplateDialog })),
);

interface Props extends ConversationProps {
  label?: string;
  /** Drawn as a tool of the box. */
  icon?: boolean;
}

/** Opens the list of templates. */
export function TemplateButton({ label, icon = false, ...props }: Props) {
  const { templates } = useTexts().composer;
  const [open, setOpen] = useState(false);
  const name = label ?? templates.open;
  useKeyedAct("template", () => setOpen(true));
  return (
    <>
      <button
        type="button"
        className={icon ? "tool" : "button primary"}
        aria-label={name}
        title={icon ? name : undefined}
        onClick={() => setOpen(true)}
      >
        {icon ? <Icon name="template" /> : name}
      </button>
      {open && (
        <Suspense>
          <TemplateDialog onClose={() => setOpen(false)} {...props} />
        </Suspense>
      )}
    </>
  );
}
