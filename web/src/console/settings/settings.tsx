import "./settings.css";
import type { Settings as View } from "../../../../contracts/console/settings.ts";
import { useTenantApi } from "../client/use-api.ts";
import { PageFrame } from "../shell/page-frame.tsx";
import { Problem } from "../shell/problem.tsx";
import { useTexts } from "../shell/texts.ts";
import { Waiting } from "../shell/waiting.tsx";
import { SettingsForm } from "./settings-form.tsx";

/** How the company's console behaves. */
export default function Settings() {
  const { shell, settings } = useTexts();
  // Never read again behind the form: what is being entered stays.
  const { data, error, mutate } = useTenantApi<View>("/settings", {
    revalidateOnFocus: false,
    revalidateOnReconnect: false,
  });
  return (
    <PageFrame title={shell.pages.settings} intro={settings.intro}>
      {error && <Problem error={error} onRetry={() => mutate()} />}
      {!data && !error && <Waiting />}
      {data && <SettingsForm settings={data} onSaved={(saved) => mutate(saved, { revalidate: false })} />}
    </PageFrame>
  );
}
