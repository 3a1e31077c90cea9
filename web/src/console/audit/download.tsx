import { useState } from "react";
import { request } from "../client/api.ts";
import { useTenant } from "../client/session.tsx";
import { tenantPath } from "../client/use-api.ts";
import { errorWords } from "../shell/errors.ts";
import { useTexts } from "../shell/texts.ts";
import { useToasts } from "../shell/toasts.tsx";
import { useAct } from "../shell/use-act.ts";

const NEW_LINE = 10;

/** Downloads the log as CSV and shows how far it is. */
export function Download({ query }: { query: string }) {
  const texts = useTexts();
  const { tenantId } = useTenant();
  const toasts = useToasts();
  const [share, setShare] = useState(0);
  const download = useAct(async () => {
    setShare(0);
    try {
      const response = await request(tenantPath(tenantId, `/audit.csv?${query}`));
      save(new Blob(await read(response, setShare), { type: "text/csv" }));
    } catch (error) {
      toasts.show({ text: errorWords(texts, error), kind: "bad" });
    }
  });
  return (
    <>
      {download.busy && <progress max={1} value={share} aria-label={texts.access.audit.downloading} />}
      <button type="button" className="button" disabled={download.busy} onClick={() => download.run()}>
        {download.busy ? texts.access.audit.downloading : texts.access.audit.download}
      </button>
    </>
  );
}

/** Reads the file and tells which share of its lines has come. */
async function read(
  response: Response,
  onShare: (share: number) => void,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const total = Number(response.headers.get("x-total-lines")) || 1;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let lines = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    parts.push(new Uint8Array(part.value));
    lines += part.value.reduce((count, byte) => (byte === NEW_LINE ? count + 1 : count), 0);
    onShare(Math.min(1, lines / total));
  }
  return parts;
}

function save(file: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `audit-${new Date().toISOString().slice(0, 10)}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}
