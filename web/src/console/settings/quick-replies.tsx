import "./quick-replies.css";
import { useState } from "react";
import type { QuickReply } from "../../../../contracts/console/settings.ts";
import { api } from "../client/api.ts";
import { useMay, useTenant } from "../client/session.tsx";
import { tenantPath, useTenantApi } from "../client/use-api.ts";
import { Confirm } from "../shell/confirm.tsx";
import { PageFrame } from "../shell/page-frame.tsx";
import { Problem } from "../shell/problem.tsx";
import { useTexts } from "../shell/texts.ts";
import { Waiting } from "../shell/waiting.tsx";
import { QuickReplyDialog } from "./quick-reply-dialog.tsx";

const newReply = (): QuickReply => ({ id: crypto.randomUUID(), shortcut: "", text: "", language: null });

/** Texts that agents send often. */
export default function QuickReplies() {
  const { shell, settings } = useTexts();
  const mayEdit = useMay("agent");
  const [edited, setEdited] = useState<QuickReply | null>(null);
  const { data, error, mutate } = useTenantApi<QuickReply[]>("/quick-replies");
  const add = (
    <button type="button" className="button primary" onClick={() => setEdited(newReply())}>
      {settings.replies.add}
    </button>
  );
  return (
    <PageFrame title={shell.pages.quickReplies} intro={settings.replies.intro} actions={mayEdit && add}>
      {error && <Problem error={error} onRetry={() => mutate()} />}
      {!data && !error && <Waiting />}
      {data?.length === 0 && (
        <div className="card empty">
          <p>{settings.replies.none}</p>
          <p className="quick-reply-example">{settings.replies.example}</p>
        </div>
      )}
      {data && data.length > 0 && (
        <ul className="lines">
          {data.map((reply) => (
            <Line key={reply.id} reply={reply} onEdit={() => setEdited(reply)} onChange={() => mutate()} />
          ))}
        </ul>
      )}
      {edited && (
        <QuickReplyDialog
          reply={edited}
          others={(data ?? []).filter(({ id }) => id !== edited.id)}
          onSaved={() => mutate()}
          onClose={() => setEdited(null)}
        />
      )}
    </PageFrame>
  );
}

function Line({
  reply,
  onEdit,
  onChange,
}: {
  reply: QuickReply;
  onEdit(): void;
  onChange(): Promise<unknown>;
}) {
  const { shell, settings } = useTexts();
  const { tenantId } = useTenant();
  const mayEdit = useMay("agent");
  const [removing, setRemoving] = useState(false);
  const remove = async () => {
    await api(tenantPath(tenantId, `/quick-replies/${reply.id}/delete`), { body: {} });
    await onChange();
  };
  return (
    <li>
      <div className="line-main">
        <strong>/{reply.shortcut}</strong>{" "}
        {reply.language && <span className="badge">{reply.language.toUpperCase()}</span>}
        <p className="quick-reply-text">{reply.text}</p>
      </div>
      {mayEdit && (
        <div className="line-acts">
          <button type="button" className="button small" onClick={onEdit}>
            {settings.replies.edit}
            <span className="unseen"> /{reply.shortcut}</span>
          </button>
          <button type="button" className="button small" onClick={() => setRemoving(true)}>
            {shell.remove}
            <span className="unseen"> /{reply.shortcut}</span>
          </button>
        </div>
      )}
      {removing && (
        <Confirm
          title={settings.replies.removeTitle(reply.shortcut)}
          act={shell.remove}
          run={remove}
          onClose={() => setRemoving(false)}
        >
          {settings.replies.removeAdvice}
        </Confirm>
      )}
    </li>
  );
}
