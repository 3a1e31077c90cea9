import { useState } from "react";
import type { VersionRow, VersionsView } from "../../../../../contracts/console/versions.ts";
import { useMay } from "../../client/session.tsx";
import { useTenantApi } from "../../client/use-api.ts";
import { useDates } from "../../shell/dates.ts";
import { Problem } from "../../shell/problem.tsx";
import { Waiting } from "../../shell/waiting.tsx";
import { useItemWords } from "../draft/item-words.ts";
import { useCompanyTexts } from "../draft/texts.ts";
import type { UseDraft } from "../draft/use-draft.ts";
import { Effect } from "./effect.tsx";
import { MakeLive } from "./make-live.tsx";
import { VersionChanges } from "./version-changes.tsx";

/** All versions, newest first: who, why, what it did, and the way back. */
export function Versions({ editing }: { editing: UseDraft }) {
  const { versions: words } = useCompanyTexts();
  // A version that was saved, here or elsewhere, is a new live number.
  const { data, error, mutate } = useTenantApi<VersionsView>(`/versions?live=${editing.view?.live ?? ""}`);
  const refresh = async () => {
    await Promise.all([editing.store.load(), mutate()]);
  };
  return (
    <section className="versions" aria-label={words.intro}>
      <p className="hint">{words.intro}</p>
      {error && <Problem error={error} onRetry={() => mutate()} />}
      {!data && !error && <Waiting />}
      {data?.versions.length === 0 && <p className="card empty">{words.none}</p>}
      <ul className="lines">
        {data?.versions.map((version) => (
          <Version key={version.number} version={version} live={data.live} onChange={refresh} />
        ))}
      </ul>
    </section>
  );
}

function Version({
  version,
  live,
  onChange,
}: {
  version: VersionRow;
  live: number | null;
  onChange(): Promise<void>;
}) {
  const { versions: words } = useCompanyTexts();
  const dates = useDates();
  const isOwner = useMay("owner");
  const [open, setOpen] = useState<"changes" | "live" | null>(null);
  const { number, isLive, liveAt } = version;
  const act = liveAt === null ? words.makeLive : words.goBack;
  return (
    <li className="version">
      <div className="line-main">
        <h2 className="version-name">{words.number(number)}</h2>{" "}
        {isLive && <span className="badge">{words.live}</span>}
        {liveAt === null && <span className="badge">{words.proposal}</span>}
        <p className="hint">
          {version.author ?? (number === 1 && version.note === "" ? words.first : words.folder)} ·{" "}
          {dates.moment(version.createdAt)}
          {version.basedOn !== null && ` · ${words.basedOn(version.basedOn)}`}
        </p>
        {version.note !== "" && <p className="version-note">{version.note}</p>}
        <Items items={version.items} />
        <Effect effect={version.effect} />
      </div>
      <div className="line-acts">
        {version.basedOn !== null && (
          <button
            type="button"
            className="button small"
            aria-expanded={open === "changes"}
            onClick={() => setOpen(open === "changes" ? null : "changes")}
          >
            {open === "changes" ? words.hideDiff : words.showDiff}
            <span className="unseen">: {words.number(number)}</span>
          </button>
        )}
        {isOwner && !isLive && (
          <button type="button" className="button small" onClick={() => setOpen("live")}>
            {act}
            <span className="unseen">: {words.number(number)}</span>
          </button>
        )}
      </div>
      {open === "changes" && <VersionChanges number={number} against="base" />}
      {open === "live" && (
        <MakeLive number={number} live={live} act={act} onDone={onChange} onClose={() => setOpen(null)} />
      )}
    </li>
  );
}

const MOST_NAMED = 6;

function Items({ items }: { items: readonly string[] }) {
  const words = useItemWords();
  if (items.length === 0) return null;
  const rest = items.length - MOST_NAMED;
  return (
    <p className="hint">
      {items.slice(0, MOST_NAMED).map(words).join(" · ")}
      {rest > 0 && ` · +${rest}`}
    </p>
  );
}
