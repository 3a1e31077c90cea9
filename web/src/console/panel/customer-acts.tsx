import { useEffect, useRef, useState } from "react";
import type { CustomerAct, CustomerActsView } from "../../../../contracts/console/customer-acts.ts";
import { usePage } from "../../shared/page.tsx";
import { textFor } from "../../texts/texts.ts";
import { ApiError, api } from "../client/api.ts";
import { useMay } from "../client/session.tsx";
import { useTenantApi } from "../client/use-api.ts";
import type { ConversationProps } from "../outbox/conversation-props.ts";
import { useConversationPath } from "../outbox/paths.ts";
import { refusalOf } from "../outbox/refusals.ts";
import { useTexts } from "../shell/texts.ts";
import { useToasts } from "../shell/toasts.tsx";
import { useAct } from "../shell/use-act.ts";
import { useShortcut } from "../shell/use-shortcut.ts";
import { Reminders } from "./reminders.tsx";
import { isForPerson, SettleDialog, Settled } from "./settle-act.tsx";

/** What the customer was asked to confirm, what waits for an approval, and what is for a person; nothing where they were asked nothing. */
export function CustomerActs({ view }: Pick<ConversationProps, "view">) {
  const { confirmations: words } = useTexts().composer.panel;
  const { acts, reminders, timeZone, error, onDecided } = useCustomerActs(view);
  const mayAct = useMay("agent");
  const [settling, setSettling] = useState<string | null>(null);
  const forPerson = acts.find(isForPerson);
  const toSettle = acts.find(({ id }) => id === settling);
  useShortcut("settle", mayAct && forPerson ? () => setSettling(forPerson.id) : null);
  if (error && acts.length === 0) return <p role="alert">{words.failed}</p>;
  const deciding = { conversationId: view.row.id, onDecided };
  return (
    <>
      {acts.length > 0 && (
        <section className="panel-section">
          <h3>{words.title}</h3>
          <ul className="panel-list">
            {acts.map((act) => (
              <li
                key={act.id}
                className={
                  act.state === "awaiting_approval" || isForPerson(act) ? "panel-act panel-note" : "panel-act"
                }
              >
                <Act act={act} {...deciding} onSettle={() => setSettling(act.id)} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <Reminders reminders={reminders} timeZone={timeZone} {...deciding} />
      {toSettle && <SettleDialog act={toSettle} {...deciding} onClose={() => setSettling(null)} />}
    </>
  );
}

const NOTHING: CustomerActsView = { acts: [], reminders: [], timeZone: null };

/** A conversation's acts and reminders; read anew with each new message, and with each change while one is for a person. */
function useCustomerActs({ row, messages }: ConversationProps["view"]) {
  const path = `/conversations/${encodeURIComponent(row.id)}/acts`;
  const { data, error, mutate } = useTenantApi<CustomerActsView>(path, { revalidateOnFocus: false });
  const shown = { ...NOTHING, ...data };
  const newest = messages.at(-1)?.id;
  // What a colleague has said about it changes the conversation.
  const changed = shown.acts.some(isForPerson) ? row.changedAt : null;
  const seen = useRef({ path, newest, changed });
  // What became of an act comes with a message; the first look is the page's own.
  useEffect(() => {
    const before = seen.current;
    seen.current = { path, newest, changed };
    const isOther = before.changed !== null && changed !== null && before.changed !== changed;
    if (before.path === path && (before.newest !== newest || isOther)) void mutate();
  }, [path, newest, changed, mutate]);
  /** Puts in what was answered; null: reads it anew. */
  const onDecided = (next: CustomerActsView | null) => void (next ? mutate(next, false) : mutate());
  return { ...shown, error, onDecided };
}

interface ActProps {
  act: CustomerAct;
  conversationId: string;
  onDecided(view: CustomerActsView): void;
}

function Act({ act, onSettle, ...deciding }: ActProps & { onSettle(): void }) {
  const { confirmations: words } = useTexts().composer.panel;
  const { formats } = usePage();
  const waits = act.state === "awaiting_approval";
  const mayDecide = useMay("agent");
  return (
    <>
      <b>{words.states[act.state]}</b>
      <span>{act.question}</span>
      {waits && <Input input={act.input} />}
      {waits && <span>{words.waits}</span>}
      {waits && mayDecide && <Decision act={act} {...deciding} />}
      {isForPerson(act) && mayDecide && (
        <div className="panel-act-buttons">
          <button type="button" className="button small" onClick={onSettle}>
            {words.settle.open}
          </button>
        </div>
      )}
      <small>
        {formats.day(act.askedAt)}, {formats.time(act.askedAt)}
        {act.decidedBy && ` · ${words.decidedBy(act.decidedBy)}`}
      </small>
      {act.settled && <Settled settled={act.settled} />}
    </>
  );
}

const Input = ({ input }: Pick<CustomerAct, "input">) => (
  <dl>
    {input.map(({ field, value }) => (
      <div key={field}>
        <dt>{field}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

function Decision({ act, conversationId, onDecided }: ActProps) {
  const { composer } = useTexts();
  const { confirmations: words } = composer.panel;
  const path = useConversationPath(conversationId);
  const toasts = useToasts();
  const { busy, run } = useAct(async (decision: "approve" | "refuse") => {
    try {
      onDecided(await api<CustomerActsView>(path(`/acts/${act.id}/${decision}`), { body: {} }));
    } catch (error) {
      const own = error instanceof ApiError ? textFor(words.refusals, error.code) : undefined;
      toasts.show({ kind: "bad", text: own ?? composer.refusals[refusalOf(error)] });
    }
  });
  return (
    <div className="panel-act-buttons">
      <button
        type="button"
        className="button small primary"
        disabled={busy}
        onClick={() => void run("approve")}
      >
        {words.approve}
      </button>
      <button type="button" className="button small" disabled={busy} onClick={() => void run("refuse")}>
        {words.refuse}
      </button>
    </div>
  );
}
