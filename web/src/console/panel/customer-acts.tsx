import { useEffect, useRef } from "react";
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

/** What the customer was asked to confirm, and what waits for an approval; nothing where they were asked nothing. */
export function CustomerActs({ view }: Pick<ConversationProps, "view">) {
  const { confirmations: words } = useTexts().composer.panel;
  const path = `/conversations/${encodeURIComponent(view.row.id)}/acts`;
  const { data, error, mutate } = useTenantApi<CustomerActsView>(path, { revalidateOnFocus: false });
  const newest = view.messages.at(-1)?.id;
  const seen = useRef({ path, newest });
  // What became of an act comes with a message; the first look is the page's own.
  useEffect(() => {
    const before = seen.current;
    seen.current = { path, newest };
    if (before.path === path && before.newest !== newest) void mutate();
  }, [path, newest, mutate]);
  if (!data?.acts.length) return error ? <p role="alert">{words.failed}</p> : null;
  return (
    <section className="panel-section">
      <h3>{words.title}</h3>
      <ul className="panel-list">
        {data.acts.map((act) => (
          <li
            key={act.id}
            className={act.state === "awaiting_approval" ? "panel-act panel-note" : "panel-act"}
          >
            <Act act={act} conversationId={view.row.id} onDecided={(next) => void mutate(next, false)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ActProps {
  act: CustomerAct;
  conversationId: string;
  onDecided(view: CustomerActsView): void;
}

function Act({ act, ...deciding }: ActProps) {
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
      <small>
        {formats.day(act.askedAt)}, {formats.time(act.askedAt)}
        {act.decidedBy && ` · ${words.decidedBy(act.decidedBy)}`}
      </small>
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
