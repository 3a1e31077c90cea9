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
  return (
    <Dialog title={words.title} onClose={onClose} shape="wide">
      <Choice {...props} onSent={onClose} />
    </Dialog>
  );
}

/** The list is asked for at each opening, and the chosen one's price is shown as it is now. */
function Choice({ onSent, ...props }: ConversationProps & { onSent(): void }) {
  const { templates: words } = useTexts().composer;
  const { row } = props.view;
  const [chosen, setChosen] = useState<TemplateView | null>(null);
  const { data, error, mutate } = useTenantApi<TemplatesView>(`/templates?conversation=${row.id}`, {
    dedupingInterval: 0,
  });
  if (chosen) {
    const template = { ...chosen, priceUsd: priceOf(chosen, data) };
    return <TemplateForm template={template} onBack={() => setChosen(null)} onSent={onSent} {...props} />;
  }
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
  return <TemplateList templates={data.templates} language={row.language} onChoose={setChosen} />;
}

function priceOf({ name, language, priceUsd }: TemplateView, now: TemplatesView | undefined): number | null {
  const known = now?.state === "ok" ? now.templates : [];
  const found = known.find((template) => template.name === name && template.language === language);
  return found ? found.priceUsd : priceUsd;
}
