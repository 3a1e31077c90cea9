import "./templates.css";
import { useState } from "react";
import type { TemplatesView, TemplateView } from "../../../../../contracts/console/settings.ts";
import { useTenantApi } from "../../client/use-api.ts";
import type { ConversationProps } from "../../outbox/conversation-props.ts";
import { Dialog } from "../../shell/dialog.tsx";
import { Problem } from "../../shell/problem.tsx";
import { useTexts } from "../../shell/texts.ts";
import { TemplateForm } from "./template-form.tsx";
import { TemplateList } from "./template-list.tsx";

type Props = ConversationProps & { onClose(): void };

/** Chooses an approved template, fills it in, shows it as the customer will see it, and sends it. */
export function TemplateDialog({ onClose, ...props }: Props) {
  const { templates: words } = useTexts().composer;
  const [chosen, setChosen] = useState<TemplateView | null>(null);
  return (
    <Dialog title={words.title} onClose={onClose} shape="wide">
      {chosen ? (
        <TemplateForm template={chosen} onBack={() => setChosen(null)} onSent={onClose} {...props} />
      ) : (
        <Choice {...props} onChoose={setChosen} />
      )}
    </Dialog>
  );
}

function Choice({ view, onChoose }: ConversationProps & { onChoose(template: TemplateView): void }) {
  const { templates: words } = useTexts().composer;
  const { data, error, mutate } = useTenantApi<TemplatesView>(`/templates?conversation=${view.row.id}`);
  if (error) return <Problem error={error} onRetry={() => void mutate()} />;
  if (!data) return <p role="status">{words.loading}</p>;
  if (data.state === "not_configured") return <p role="alert">{words.notConfigured}</p>;
  if (data.state !== "ok")
    return (
      <div className="template-problem" role="alert">
        <p>
          {words.failed} {data.message}
        </p>
        <button type="button" className="button" onClick={() => void mutate()}>
          {words.again}
        </button>
      </div>
    );
  return <TemplateList templates={data.templates} language={view.row.language} onChoose={onChoose} />;
}
