import { useState } from "react";
import type { CustomerActsView, ReminderView } from "../../../../contracts/console/customer-acts.ts";
import { textFor } from "../../texts/texts.ts";
import { ApiError, api } from "../client/api.ts";
import { useMay } from "../client/session.tsx";
import { useConversationPath } from "../outbox/paths.ts";
import { colleagueIn, refusalOf } from "../outbox/refusals.ts";
import { useZonedTime } from "../shell/dates.ts";
import { useTexts } from "../shell/texts.ts";
import { useToasts } from "../shell/toasts.tsx";
import { useAct } from "../shell/use-act.ts";

interface Props {
  reminders: readonly ReminderView[];
  /** The company's. */
  timeZone: string | null;
  conversationId: string;
  /** Gets all as it is now; null: it has changed in between. */
  onDecided(view: CustomerActsView | null): void;
}

/** Reminders of the customer's appointments: planned, sent, or why not; nothing where there are none. */
export function Reminders({ reminders, timeZone, ...deciding }: Props) {
  const { reminders: words } = useTexts().composer.panel;
  const time = useZonedTime(timeZone);
  const mayCancel = useMay("agent");
  if (reminders.length === 0) return null;
  return (
    <section className="panel-section">
      <h3>{words.title}</h3>
      <ul className="panel-list">
        {reminders.map((reminder) => (
          <li key={reminder.id} className="panel-act panel-reminder" data-state={reminder.state}>
            <b>{words.states[reminder.state]}</b>
            <Why reminder={reminder} />
            <span>{words.sends(time(reminder.dueAt))}</span>
            <span>{words.appointment(time(reminder.startsAt), reminder.key)}</span>
            {reminder.cancelledBy && <small>{words.cancelledBy(reminder.cancelledBy)}</small>}
            {reminder.state === "planned" && mayCancel && <Cancel reminder={reminder} {...deciding} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Why it was not sent, or waits although its time has come. */
function Why({ reminder: { state, reason, dueAt } }: { reminder: ReminderView }) {
  const { reminders: words } = useTexts().composer.panel;
  const waits = state === "planned" && dueAt <= Date.now();
  const known = reason === null ? null : (textFor(words.reasons, reason) ?? reason);
  const why = known ?? (waits ? words.waits : state === "missed" ? words.missed : null);
  return why === null ? null : <span>{why}</span>;
}

/** Two presses: what is cancelled is not planned again. */
function Cancel({
  reminder,
  conversationId,
  onDecided,
}: { reminder: ReminderView } & Omit<Props, "reminders" | "timeZone">) {
  const { reminders: words } = useTexts().composer.panel;
  const [asked, setAsked] = useState(false);
  const { busy, run } = useCancel(reminder, conversationId, onDecided);
  return (
    <div className="panel-act-buttons">
      {asked ? (
        <>
          <span>{words.sure}</span>
          <button
            type="button"
            className="button small danger"
            ref={(button) => button?.focus()}
            disabled={busy}
            onClick={() => void run()}
          >
            {words.yes}
          </button>
          <button type="button" className="button small" disabled={busy} onClick={() => setAsked(false)}>
            {words.keep}
          </button>
        </>
      ) : (
        <button type="button" className="button small" onClick={() => setAsked(true)}>
          {words.cancel}
        </button>
      )}
    </div>
  );
}

function useCancel({ id }: ReminderView, conversationId: string, onDecided: Props["onDecided"]) {
  const { composer } = useTexts();
  const { reminders: words } = composer.panel;
  const path = useConversationPath(conversationId);
  const toasts = useToasts();
  return useAct(async () => {
    try {
      onDecided(await api<CustomerActsView>(path(`/reminders/${id}/cancel`), { body: {} }));
    } catch (error) {
      const code = error instanceof ApiError ? error.code : "";
      const by = colleagueIn(error);
      const own = code === "reminder_cancelled" && by !== null ? words.wasCancelled(by) : undefined;
      const text = own ?? textFor(words.refusals, code) ?? composer.refusals[refusalOf(error)];
      toasts.show({ kind: "bad", text });
      if (code.startsWith("reminder_")) onDecided(null);
    }
  });
}
