import "./start.css";
import { useState } from "react";
import { useSWRConfig } from "swr";
import { api } from "../client/api.ts";
import { useMay, useTenant } from "../client/session.tsx";
import { tenantPath } from "../client/use-api.ts";
import { Confirm } from "../shell/confirm.tsx";
import { useTexts } from "../shell/texts.ts";
import { useToasts } from "../shell/toasts.tsx";
import { useStart } from "./use-start.ts";

/** Says that conversations are demo data; an owner removes them in one go. */
export function DemoBanner() {
  const { settings } = useTexts();
  const { tenantId } = useTenant();
  const isOwner = useMay("owner");
  const toasts = useToasts();
  const { mutate } = useSWRConfig();
  const [removing, setRemoving] = useState(false);
  const { data } = useStart();
  const remove = async () => {
    await api(tenantPath(tenantId, "/demo/remove"), { body: {} });
    toasts.show({ text: settings.demo.removed });
    await mutate(() => true);
  };
  if (!data || data.demo === 0) return null;
  return (
    <aside className="demo-banner" aria-label={settings.demo.banner(data.demo)}>
      <p>{settings.demo.banner(data.demo)}</p>
      {isOwner && (
        <button type="button" className="button small" onClick={() => setRemoving(true)}>
          {settings.demo.remove}
        </button>
      )}
      {removing && (
        <Confirm
          title={settings.demo.title}
          act={settings.demo.remove}
          run={remove}
          onClose={() => setRemoving(false)}
        >
          {settings.demo.advice}
        </Confirm>
      )}
    </aside>
  );
}
