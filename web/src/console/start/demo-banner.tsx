import "./start.css";
import { useSWRConfig } from "swr";
import { api } from "../client/api.ts";
import { useMay, useTenant } from "../client/session.tsx";
import { tenantPath } from "../client/use-api.ts";
import { Problem } from "../shell/problem.tsx";
import { useTexts } from "../shell/texts.ts";
import { useToasts } from "../shell/toasts.tsx";
import { useAct } from "../shell/use-act.ts";
import { demoRemovals, useStart } from "./use-start.ts";

/** Says that conversations are demo data; an owner removes them with one press, since nobody wrote them. */
export function DemoBanner() {
  const { settings } = useTexts();
  const { tenantId } = useTenant();
  const isOwner = useMay("owner");
  const toasts = useToasts();
  const { mutate } = useSWRConfig();
  const { data } = useStart();
  const removing = useAct(async () => {
    await api(tenantPath(tenantId, "/demo/remove"), { body: {} });
    demoRemovals.change(tenantId, (times) => times + 1);
    toasts.show({ text: settings.demo.removed });
    await mutate(() => true);
  });
  if (!data || data.demo === 0) return null;
  return (
    <aside className="demo-banner" aria-label={settings.demo.banner(data.demo)}>
      <p>{settings.demo.banner(data.demo)}</p>
      {isOwner && (
        <button
          type="button"
          className="button small"
          title={settings.demo.advice}
          aria-busy={removing.busy}
          disabled={removing.busy}
          onClick={() => removing.run()}
        >
          {settings.demo.remove}
        </button>
      )}
      {removing.error !== null && <Problem error={removing.error} />}
    </aside>
  );
}
