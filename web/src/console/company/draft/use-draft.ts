import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { Changes, ContentProblem, PassageText } from "../../../../../contracts/console/versions.ts";
import type { CompanyProfile, OwnIntent } from "../../../../../lib/types/company.ts";
import type { DeclaredTool } from "../../../../../lib/types/tools/declared.ts";
import { useMay, useTenant } from "../../client/session.tsx";
import { useKeepUnsaved } from "../../settings/use-keep-unsaved.ts";
import { applied } from "./applied.ts";
import { type DraftStore, draftStore } from "./store.ts";

const REFRESH_MS = 60_000;

/** The company, the operator's draft of it, and how to change it. */
export function useDraft() {
  const { tenantId } = useTenant();
  const mayEdit = useMay("agent");
  const store = draftStore(tenantId);
  const { view, error, keeping } = useSyncExternalStore(store.subscribe, store.get);
  useEffect(() => {
    const refresh = () => {
      if (document.visibilityState === "visible") void store.load();
    };
    refresh();
    // Others may edit the same: whoever comes back to the page is told.
    document.addEventListener("visibilitychange", refresh);
    const timer = setInterval(refresh, REFRESH_MS);
    return () => {
      document.removeEventListener("visibilitychange", refresh);
      clearInterval(timer);
    };
  }, [store]);
  useKeepUnsaved(keeping !== "kept");
  const changes = view?.draft?.changes ?? NONE;
  const company = useMemo(() => view && applied(view.company, changes), [view, changes]);
  return { store, view, company, changes, error, keeping, mayEdit, ...actsOn(store) };
}

const NONE: Changes = {};

export type UseDraft = ReturnType<typeof useDraft>;

function actsOn(store: DraftStore) {
  const edit: DraftStore["edit"] = (change) => store.edit(change);
  return {
    setProfile: <Field extends keyof CompanyProfile>(field: Field, value: CompanyProfile[Field] | null) =>
      edit((changes) => ({ ...changes, profile: { ...changes.profile, [field]: value } })),
    setIntent: (name: string, own: OwnIntent | null) =>
      edit((changes) => ({ ...changes, intents: { ...changes.intents, [name]: own } })),
    setTool: (name: string, tool: DeclaredTool | null) =>
      edit((changes) => ({ ...changes, tools: { ...changes.tools, [name]: tool } })),
    setPassages: (passages: Record<string, PassageText | null>) =>
      edit((changes) => ({ ...changes, passages: { ...changes.passages, ...passages } })),
  };
}

/** What is wrong with an item, in one text; null: nothing. */
export function problemOf(problems: readonly ContentProblem[], item: string, field?: string): string | null {
  const own = problems.filter(
    (problem) =>
      problem.item === item &&
      (field === undefined || problem.field === field || problem.field.startsWith(`${field}.`)),
  );
  return own.length === 0
    ? null
    : own.map(({ field: where, message }) => `${where && `${where}: `}${message}`).join("; ");
}
