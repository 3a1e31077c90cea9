import { useState } from "react";
import type { RatesImport, RatesImported } from "../../../../../contracts/console/money.ts";
import { api } from "../../../console/client/api.ts";
import { useTenant } from "../../../console/client/session.tsx";
import { tenantPath } from "../../../console/client/use-api.ts";
import { Field } from "../../../console/shell/field.tsx";
import { FormDialog } from "../../../console/shell/form-dialog.tsx";
import { useTexts } from "../../../console/shell/texts.ts";
import { useAct } from "../../../console/shell/use-act.ts";
import { useFigures } from "../../frame/formats.ts";
import { useInsightTexts } from "../../frame/texts.ts";
import { dayOf } from "./standing.ts";

const MAX_BYTES = 256 * 1024;

interface Props {
  onImported(): Promise<unknown>;
  onClose(): void;
}

/** Imports Meta's card, or a file that was exported: all of it, or the lines that are wrong. */
export function ImportDialog({ onImported, onClose }: Props) {
  const { prices } = useInsightTexts().money;
  const { shell } = useTexts();
  const { tenantId } = useTenant();
  const [chosen, setChosen] = useState<Chosen>(() => ({ file: null, validFrom: dayOf(Date.now()) }));
  const [tried, setTried] = useState(false);
  const [result, setResult] = useState<RatesImported | null>(null);
  const importing = useAct(async () => {
    setResult(null);
    const body: RatesImport = { csv: await textOf(chosen.file), validFrom: chosen.validFrom };
    const answer = await api<RatesImported>(tenantPath(tenantId, "/rates/import"), { body });
    setResult(answer);
    if ("written" in answer) await onImported();
  });
  const submit = () => {
    setTried(true);
    if (obstacleOf(chosen.file) === null && chosen.validFrom !== "") void importing.run();
  };
  return (
    <FormDialog
      title={prices.importCsv}
      act={importing}
      words={prices.errors}
      label={prices.importAct}
      cancelLabel={shell.close}
      noValidate
      onSubmit={submit}
      onClose={onClose}
    >
      <Fields chosen={chosen} tried={tried} onChange={setChosen} />
      {result && <Result result={result} />}
    </FormDialog>
  );
}

/** What is to be imported. */
interface Chosen {
  file: File | null;
  validFrom: string;
}

/** Why a file cannot be imported; null when it can be tried. */
const obstacleOf = (file: File | null): "chooseFile" | "tooLarge" | null =>
  file === null ? "chooseFile" : file.size > MAX_BYTES ? "tooLarge" : null;

interface FieldsProps {
  chosen: Chosen;
  tried: boolean;
  onChange(chosen: Chosen): void;
}

function Fields({ chosen, tried, onChange }: FieldsProps) {
  const { prices } = useInsightTexts().money;
  const obstacle = obstacleOf(chosen.file);
  return (
    <>
      <Field label={prices.file} hint={prices.fileHint} error={tried && obstacle ? prices[obstacle] : null}>
        {(id, more) => (
          <input
            id={id}
            data-first
            type="file"
            accept=".csv,text/csv"
            aria-describedby={more}
            onChange={(event) => onChange({ ...chosen, file: event.currentTarget.files?.[0] ?? null })}
          />
        )}
      </Field>
      <Field
        label={prices.importFrom}
        hint={prices.importFromHint}
        error={tried && chosen.validFrom === "" ? prices.wrongDay : null}
      >
        {(id, more) => (
          <input
            id={id}
            type="date"
            aria-describedby={more}
            value={chosen.validFrom}
            onChange={(event) => onChange({ ...chosen, validFrom: event.currentTarget.value })}
          />
        )}
      </Field>
    </>
  );
}

/** UTF-8, or what spreadsheets write without saying so. */
async function textOf(file: File | null): Promise<string> {
  const bytes = await file?.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function Result({ result }: { result: RatesImported }) {
  const { prices } = useInsightTexts().money;
  const figures = useFigures();
  if ("written" in result)
    return (
      <p role="status">✓ {prices.imported(figures.count(result.written), figures.count(result.same))}</p>
    );
  return (
    <div role="alert">
      <p>{prices.problems}</p>
      <ul className="money-problems">
        {result.problems.map(({ line, code, about, message }) => (
          <li key={`${line} ${message}`}>
            <b>{prices.line(String(line))}:</b> {/* A server of a later release may know more codes. */}
            {Object.hasOwn(prices.problem, code) ? prices.problem[code](about) : message}
          </li>
        ))}
      </ul>
    </div>
  );
}
