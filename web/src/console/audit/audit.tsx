import "./audit.css";
import { useState } from "react";
import useSWRInfinite from "swr/infinite";
import type { AuditPage, TeamMember } from "../../../../contracts/console/access.ts";
import type { ApiError } from "../client/api.ts";
import { useTenant } from "../client/session.tsx";
import { tenantPath, useTenantApi } from "../client/use-api.ts";
import { Field } from "../shell/field.tsx";
import { PageFrame } from "../shell/page-frame.tsx";
import { Problem } from "../shell/problem.tsx";
import { useTexts } from "../shell/texts.ts";
import { Waiting } from "../shell/waiting.tsx";
import { AuditTable } from "./audit-table.tsx";
import { Download } from "./download.tsx";

/** Beginnings of act names that the filter offers. */
const KINDS = ["conversation.open", "conversation.", "operator.", "settings.", "audit."] as const;

/** Every look into a conversation and every act, for owners. */
export default function Audit() {
  const { shell, access } = useTexts();
  const [filter, setFilter] = useState({ operator: "", act: "" });
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== "")).toString();
  const { pages, error, more, isLoading, retry } = usePages(query);
  const entries = pages.flatMap((page) => page.entries);
  return (
    <PageFrame title={shell.pages.audit} intro={access.audit.intro} actions={<Download query={query} />}>
      <Filters filter={filter} onChange={setFilter} />
      {error && <Problem error={error} onRetry={retry} />}
      {pages.length > 0 && entries.length === 0 && (
        <p className="hint">{query === "" ? access.audit.nothingYet : access.audit.nothing}</p>
      )}
      {entries.length > 0 && <AuditTable entries={entries} />}
      {isLoading && <Waiting />}
      {more && !isLoading && (
        <button type="button" className="button" onClick={more}>
          {shell.showMore}
        </button>
      )}
    </PageFrame>
  );
}

function usePages(query: string) {
  const { tenantId } = useTenant();
  const { data, error, size, setSize, isLoading, mutate } = useSWRInfinite<AuditPage, ApiError>(
    (_index: number, last: AuditPage | null) => {
      if (last && last.next === null) return null;
      const before = last ? `&before=${last.next}` : "";
      return tenantPath(tenantId, `/audit?${query}${before}`);
    },
    // A page of the past does not change.
    { revalidateFirstPage: false, revalidateOnFocus: false },
  );
  const pages = data ?? [];
  const hasMore = pages.at(-1)?.next != null;
  return {
    pages,
    error,
    isLoading: isLoading || (data !== undefined && !error && pages.length < size && hasMore),
    more: hasMore ? () => void setSize(size + 1) : null,
    retry: () => void mutate(),
  };
}

interface Filter {
  operator: string;
  act: string;
}

function Filters({ filter, onChange }: { filter: Filter; onChange(filter: Filter): void }) {
  const { access } = useTexts();
  const { data } = useTenantApi<TeamMember[]>("/operators");
  const people = (data ?? []).filter(({ operatorId }) => operatorId !== null);
  return (
    <div className="audit-filters">
      <Field label={access.audit.who}>
        {(id) => (
          <select
            id={id}
            value={filter.operator}
            onChange={(event) => onChange({ ...filter, operator: event.currentTarget.value })}
          >
            <option value="">{access.audit.everybody}</option>
            {people.map(({ email, name }) => (
              <option key={email} value={email}>
                {name || email}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={access.audit.act}>
        {(id) => (
          <select
            id={id}
            value={filter.act}
            onChange={(event) => onChange({ ...filter, act: event.currentTarget.value })}
          >
            <option value="">{access.audit.everything}</option>
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {access.audit.kinds[kind]}
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  );
}
