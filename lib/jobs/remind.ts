import type { TemplatesView } from "../../contracts/console/settings.ts";
import { runAll } from "../turn/run-all.ts";
import type { TurnDeps } from "../turn/state/context.ts";
import type { Templates } from "../types/console/templates.ts";
import type { TemplateMessage } from "../types/outbound.ts";
import type { DueReminder, ReminderStore, SettleReminder } from "../types/turn/reminders.ts";
import { graphMessage } from "../whatsapp/messages/build.ts";
import { MessageLimitError } from "../whatsapp/messages/check.ts";
import { describeOutbound } from "../whatsapp/messages/describe.ts";
import { fillTemplate } from "../whatsapp/templates/fill.ts";

/** Dependencies of the job that sends reminders. */
export interface RemindDeps extends TurnDeps {
  reminders: ReminderStore;
  templates: Templates;
}

/** Reminders that one call sends; the next call sends the next ones. */
const BATCH = 50;

/** Sends the reminders of appointments whose time has come: each is written down first, and sent by a turn of its own. */
export async function remind(deps: RemindDeps): Promise<void> {
  const { due, missed } = await deps.reminders.due(BATCH);
  for (const { id, conversationId: conversation, reason } of missed)
    deps.log.warn("reminder.missed", { conversation, reminder: id, reason });
  const written: string[] = [];
  for (const reminder of due) {
    const settle = settlingOf(reminder, await deps.templates.list(reminder.phoneNumberId));
    const settled = await deps.reminders.settle(settle);
    if (settled === "written") written.push(reminder.conversationId);
    else if (settled !== null) reportFailed(deps, reminder, "reason" in settle ? settle.reason : settled);
  }
  await runAll(written, deps, null);
}

function reportFailed(
  { log }: Pick<RemindDeps, "log">,
  { id, conversationId }: DueReminder,
  reason: string,
): void {
  log.warn("reminder.failed", { conversation: conversationId, reminder: id, reason });
}

/** What is to be done with a reminder, by the templates that Meta lists. Without a list the template is sent as it is declared. */
function settlingOf(reminder: DueReminder, view: TemplatesView): SettleReminder {
  const { id, template: name, languageCode: language, values } = reminder;
  if (view.state === "not_configured") return written(id, asDeclared(reminder));
  if (view.state !== "ok") return { id, outcome: "later", reason: "templates_unavailable" };
  const template = view.templates.find((each) => each.name === name && each.language === language);
  if (!template) return { id, outcome: "failed", reason: "template_missing" };
  if (template.status !== "approved") return { id, outcome: "failed", reason: `template_${template.status}` };
  try {
    const said = { name, language, header: [], body: values, buttons: [] };
    const { message, text } = fillTemplate(template, { kind: "template", ...said });
    return written(id, message, text);
  } catch (error) {
    if (error instanceof RangeError) return { id, outcome: "failed", reason: "template_values" };
    throw error;
  }
}

function written(id: string, message: TemplateMessage, text = describeOutbound(message)): SettleReminder {
  try {
    graphMessage(message);
    return { id, outcome: "write", message, text };
  } catch (error) {
    if (error instanceof MessageLimitError) return { id, outcome: "failed", reason: "template_values" };
    throw error;
  }
}

const asDeclared = ({ template, languageCode, values }: DueReminder): TemplateMessage => ({
  ...{ kind: "template", name: template, languageCode },
  ...(values.length > 0 && {
    components: [{ type: "body", parameters: values.map((text) => ({ type: "text" as const, text })) }],
  }),
});
