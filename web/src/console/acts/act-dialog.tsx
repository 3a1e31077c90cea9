import type { ConversationProps } from "../outbox/conversation-props.ts";
import { Dialog } from "../shell/dialog.tsx";
import { useTexts } from "../shell/texts.ts";
import { AssignList } from "./assign-list.tsx";
import { GiveBackForm } from "./give-back-form.tsx";
import { SnoozeForm } from "./snooze-form.tsx";
import { TagEditor } from "./tag-editor.tsx";

export type DialogName = "giveBack" | "assign" | "snooze" | "tags";

export type ActDialogProps = ConversationProps & { onClose(): void };

const FORMS = { giveBack: GiveBackForm, assign: AssignList, snooze: SnoozeForm, tags: TagEditor };

/** What an act needs to know before it is done. */
export function ActDialog({ name, ...props }: ActDialogProps & { name: DialogName }) {
  const { composer } = useTexts();
  const Form = FORMS[name];
  return (
    <Dialog title={composer[name].title} onClose={props.onClose}>
      <Form {...props} />
    </Dialog>
  );
}
