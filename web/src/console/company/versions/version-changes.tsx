import type { VersionDiff } from "../../../../../contracts/console/versions.ts";
import { useTenantApi } from "../../client/use-api.ts";
import { Problem } from "../../shell/problem.tsx";
import { Waiting } from "../../shell/waiting.tsx";
import { Diff } from "../draft/diff.tsx";

/** What a version says otherwise than the one it was made of, or than what is live. */
export function VersionChanges({ number, against }: { number: number; against: "base" | "live" }) {
  const { data, error, mutate } = useTenantApi<VersionDiff>(`/versions/${number}?against=${against}`);
  if (error) return <Problem error={error} onRetry={() => mutate()} />;
  return data ? <Diff items={data.items} /> : <Waiting />;
}
