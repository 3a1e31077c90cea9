import { useState } from "react";
import type { ImportView } from "../../../../../contracts/console/versions.ts";
import type { Language } from "../../../../../lib/types/company.ts";
import { usePage } from "../../../shared/page.tsx";
import { api } from "../../client/api.ts";
import { useTenant } from "../../client/session.tsx";
import { tenantPath } from "../../client/use-api.ts";
import { useCompanyTexts } from "../../company/draft/texts.ts";
import type { UseDraft } from "../../company/draft/use-draft.ts";
import { Dialog } from "../../shell/dialog.tsx";
import { Field } from "../../shell/field.tsx";
import { ActForm } from "../../shell/form-dialog.tsx";
import { useAct } from "../../shell/use-act.ts";
import { LanguageSelect } from "../parts/language-select.tsx";
import { Review } from "./review.tsx";

type Kind = "page" | "pdf" | "csv";
const KINDS: readonly Kind[] = ["page", "pdf", "csv"];

interface Source {
  kind: Kind;
  url: string;
  file: File | null;
  language: Language;
}

/** Reads a web page, a PDF or a table and shows the passages before any is taken. */
export function ImportDialog({ editing, onClose }: { editing: UseDraft; onClose(): void }) {
  const { importing: words } = useCompanyTexts();
  const [read, setRead] = useState<ImportView | null>(null);
  return (
    <Dialog title={words.title} onClose={onClose} shape="wide">
      <p className="hint">{words.intro}</p>
      {read === null || read.passages.length === 0 ? (
        <Choose onRead={setRead} problems={read?.problems ?? []} onClose={onClose} />
      ) : (
        <Review read={read} editing={editing} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface ChooseProps {
  onRead(read: ImportView): void;
  problems: ImportView["problems"];
  onClose(): void;
}

function Choose({ onRead, problems, onClose }: ChooseProps) {
  const { importing: words } = useCompanyTexts();
  const { language } = usePage();
  const { tenantId } = useTenant();
  const [source, setSource] = useState<Source>({ kind: "page", url: "", file: null, language });
  const reading = useAct(async () => onRead(await readSource(tenantId, source)));
  return (
    <ActForm
      act={reading}
      words={words.errors}
      label={words.read}
      busyLabel={words.reading}
      onSubmit={() => void reading.run()}
      onCancel={onClose}
    >
      <Field label={words.kind}>
        {(id) => (
          <select
            id={id}
            data-first
            value={source.kind}
            onChange={(event) =>
              setSource({ ...source, kind: event.currentTarget.value as Kind, file: null })
            }
          >
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {words.kinds[kind]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <SourceField source={source} onChange={setSource} />
      {source.kind !== "csv" && (
        <LanguageSelect
          value={source.language}
          onChange={(chosen) => setSource({ ...source, language: chosen })}
        />
      )}
      {problems.length > 0 && <LineProblems problems={problems} />}
    </ActForm>
  );
}

function SourceField({ source, onChange }: { source: Source; onChange(source: Source): void }) {
  const { importing: words } = useCompanyTexts();
  const { kind } = source;
  if (kind === "page")
    return (
      <Field label={words.url} hint={words.urlHint}>
        {(id, more) => (
          <input
            id={id}
            type="url"
            required
            maxLength={2_000}
            aria-describedby={more}
            value={source.url}
            onChange={(event) => onChange({ ...source, url: event.currentTarget.value })}
          />
        )}
      </Field>
    );
  return (
    <Field key={kind} label={words[kind]} hint={kind === "csv" ? words.csvHint : undefined}>
      {(id, more) => (
        <input
          id={id}
          type="file"
          required
          accept={kind === "pdf" ? ".pdf,application/pdf" : ".csv,text/csv"}
          aria-describedby={more}
          onChange={(event) => onChange({ ...source, file: event.currentTarget.files?.[0] ?? null })}
        />
      )}
    </Field>
  );
}

const MOST_SHOWN = 20;

function LineProblems({ problems }: { problems: ImportView["problems"] }) {
  const { importing: words } = useCompanyTexts();
  return (
    <div className="problem" role="alert">
      <p>{words.problems}</p>
      <ul>
        {problems.slice(0, MOST_SHOWN).map(({ line, message }) => (
          <li key={`${line} ${message}`}>
            {line !== null && `${words.line(line)}: `}
            {message}
          </li>
        ))}
        {problems.length > MOST_SHOWN && <li>+{problems.length - MOST_SHOWN}</li>}
      </ul>
    </div>
  );
}

function readSource(tenantId: string, { kind, url, file, language }: Source): Promise<ImportView> {
  const path = tenantPath(tenantId, `/knowledge/import/${kind}`);
  if (kind === "page") return api(path, { body: { url, language } });
  const headers = { "x-filename": encodeURIComponent(file?.name ?? "") };
  return api(kind === "pdf" ? `${path}?language=${language}` : path, { body: file ?? new Blob(), headers });
}
