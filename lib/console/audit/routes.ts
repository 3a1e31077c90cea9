import type { AuditEntry, AuditPage } from "../../../contracts/console/access.ts";
import type { AuditFilter, AuditLog } from "../../types/console/audit.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import { Refusal, type Route, type TenantCall } from "../http/route.ts";
import { csvHead, csvLine } from "./csv.ts";

const PAGE = 50;
/** Lines per statement while all are written out: the memory that a download takes. */
const BATCH = 1_000;

/** The audit log, as owners read it. */
export const AUDIT_ROUTES: readonly Route<ConsoleDeps>[] = [
  {
    method: "GET",
    path: "/t/:tenant/audit",
    access: "owner",
    audit: null,
    handle: async ({ deps, tenantId, query }) => {
      const found = await deps.audit.page(tenantId, filterOf(query), PAGE + 1);
      const entries = found.slice(0, PAGE);
      const next = found.length > PAGE ? (entries.at(-1)?.id ?? null) : null;
      return Response.json({ entries, next } satisfies AuditPage);
    },
  },
  {
    method: "GET",
    path: "/t/:tenant/audit.csv",
    access: "owner",
    audit: "audit.download",
    handle: download,
  },
];

/** All lines as a stream, as fast as they are taken; the number of lines in a header is for a progress bar. */
async function download({ deps, tenantId, query }: TenantCall<ConsoleDeps>): Promise<Response> {
  const day = new Date().toISOString().slice(0, 10);
  const filter = filterOf(query);
  return new Response(streamOf(deps.audit, tenantId, filter), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="audit-${day}.csv"`,
      "x-total-lines": String(await deps.audit.count(tenantId, filter)),
    },
  });
}

function streamOf(log: AuditLog, tenantId: string, filter: AuditFilter): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let { before } = filter;
  return new ReadableStream(
    {
      start: (controller) => controller.enqueue(encoder.encode(csvHead())),
      async pull(controller) {
        const lines: AuditEntry[] = await log.page(tenantId, { ...filter, before }, BATCH);
        if (lines.length > 0) controller.enqueue(encoder.encode(lines.map(csvLine).join("")));
        before = lines.at(-1)?.id ?? before;
        if (lines.length < BATCH) controller.close();
      },
    },
    { highWaterMark: 1 },
  );
}

function filterOf(query: URLSearchParams): AuditFilter {
  const words = (name: string) => query.get(name)?.slice(0, 254) || null;
  return { before: lineId(query.get("before")), operator: words("operator"), act: words("act") };
}

function lineId(text: string | null): string | null {
  if (text === null || text === "") return null;
  if (/^\d{1,18}$/.test(text)) return text;
  throw new Refusal(400, "invalid", "before: not the id of a line.");
}
