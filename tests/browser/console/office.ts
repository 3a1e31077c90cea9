import { basename, join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import type { Role } from "../../../contracts/console/access.ts";
import type { ConversationRow, Counts, Found } from "../../../contracts/console/inbox.ts";
import type { ConsoleEvents, ConversationView, OlderMessages } from "../../../contracts/console/thread.ts";
import { errorResponse } from "../../../lib/http/error-response.ts";

/** A console's API from memory, for states that a real one reaches slowly: many rows, failures, lost connections. */
export interface Office {
  api: Hono;
  rows: ConversationRow[];
  views: Map<string, ConversationView>;
  /** Pages of older messages by cursor. */
  older: Map<string, OlderMessages>;
  found: Found[];
  start: { name: string; done: boolean }[];
  role: Role;
  /** Paths that are answered with 503. */
  broken: Set<string>;
  /** Requests as `METHOD /path`, below the company's. */
  requests: string[];
  /** Live streams are ended, and refused while true. */
  setOffline(offline: boolean): void;
  emit<Name extends keyof ConsoleEvents>(name: Name, data: ConsoleEvents[Name]): void;
}

const SAMPLES = join(import.meta.dirname, "../../../web/src/simulator/samples");
/** The company of an office. */
export const TENANT = "5b0c6f3e-7a53-4f0a-9a0e-0f4b3f9f2c11";
/** The operator who is signed in. */
export const ME = { id: "a1", name: "Ana Torres" };

type Send = (event: string, data: string) => void;

/** An office without conversations. */
export function createOffice(): Office {
  const streams = new Map<Send, () => void>();
  let offline = false;
  const office: Office = {
    api: new Hono().basePath("/api/console"),
    rows: [],
    views: new Map(),
    older: new Map(),
    found: [],
    start: [],
    role: "owner",
    broken: new Set(),
    requests: [],
    setOffline(now) {
      offline = now;
      if (now) for (const end of streams.values()) end();
    },
    emit(name, data) {
      for (const send of streams.keys()) send(name, JSON.stringify(data));
    },
  };
  const { api } = office;
  const tenant = `/t/${TENANT}`;
  api.get("/session", (context) => context.json(session(office.role)));
  api.use(`${tenant}/*`, async (context, next) => {
    const path = context.req.path.slice(`/api/console${tenant}`.length);
    office.requests.push(`${context.req.method} ${path}`);
    if (offline || office.broken.has(path)) return errorResponse(503, "unavailable", "Not now.");
    return next();
  });
  api.get(`${tenant}/events`, (context) =>
    streamSSE(context, async (stream) => {
      const send: Send = (event, data) => void stream.writeSSE({ event, data });
      const ended = new Promise<void>((resolve) => {
        streams.set(send, resolve);
        stream.onAbort(resolve);
      });
      send("counts", JSON.stringify(countsOf(office.rows)));
      await ended;
      streams.delete(send);
    }),
  );
  addReads(office, tenant);
  return office;
}

function addReads(office: Office, tenant: string): void {
  const { api } = office;
  api.get(`${tenant}/conversations`, (context) => {
    const { list = "", tag = "", after = "0" } = context.req.query();
    const rows = office.rows.filter((row) => inList(row, list) && (tag === "" || row.tags.includes(tag)));
    rows.sort((a, b) =>
      list === "waiting" ? (a.waitingSince ?? 0) - (b.waitingSince ?? 0) : b.lastAt - a.lastAt,
    );
    const from = Number(after) || 0;
    const next = rows.length > from + 50 ? String(from + 50) : null;
    return context.json({ rows: rows.slice(from, from + 50), next });
  });
  api.get(`${tenant}/counts`, (context) => context.json(countsOf(office.rows)));
  api.get(`${tenant}/conversations/:id`, (context) => {
    const view = office.views.get(context.req.param("id"));
    return view ? context.json(view) : errorResponse(404, "not_found", "There is nothing at this address.");
  });
  api.get(`${tenant}/conversations/:id/messages`, (context) =>
    context.json(office.older.get(context.req.query("before") ?? "")),
  );
  api.post(`${tenant}/conversations/:id/read`, (context) => {
    const id = context.req.param("id");
    office.rows = office.rows.map((row) => (row.id === id ? { ...row, unread: 0 } : row));
    return context.json({ row: office.rows.find((row) => row.id === id) });
  });
  api.post(`${tenant}/conversations/:id/presence`, (context) => context.json({}));
  api.post(`${tenant}/search`, (context) => context.json({ rows: office.found, next: null }));
  api.get(`${tenant}/settings`, (context) => context.json(SETTINGS));
  api.get(`${tenant}/start`, (context) => context.json({ demo: 0, steps: office.start }));
  api.get(`${tenant}/conversations/:id/orders`, (context) => context.json({ state: "not_connected" }));
  api.get(`${tenant}/conversations/:id/acts`, (context) =>
    context.json({ acts: [], reminders: [], timeZone: null }),
  );
  api.get(`${tenant}/templates`, (context) => context.json({ state: "not_configured", message: "" }));
  for (const path of ["quick-replies", "operators", "tags"])
    api.get(`${tenant}/${path}`, (context) => context.json([]));
  api.use(`${tenant}/files/*`, serveStatic({ root: SAMPLES, rewriteRequestPath: (path) => basename(path) }));
}

const SETTINGS = {
  waitTargetMin: 5,
  returnAfterMin: 60,
  csat: { enabled: true, askEveryDays: 30, silentAfterMin: 60 },
  reportAfterMin: 10,
};

const session = (role: Role) => ({
  ...ME,
  email: "ana@example.com",
  language: null,
  memberships: [{ tenantId: TENANT, company: "Tambo", language: "es", role }],
});

function inList(row: ConversationRow, list: string): boolean {
  const open = row.closedAt === null && row.snoozedUntil === null;
  if (list === "waiting") return open && row.waitingSince !== null;
  if (list === "mine") return open && row.assignee?.id === ME.id;
  if (list === "bot") return open && row.owner === "bot";
  if (list === "snoozed") return row.snoozedUntil !== null;
  if (list === "flagged") return row.flaggedAt !== null;
  if (list === "closed") return row.closedAt !== null;
  return open || row.closedAt !== null;
}

/** Numbers beside the lists for these rows. */
export function countsOf(rows: readonly ConversationRow[]): Counts {
  const count = (list: string) => rows.filter((row) => inList(row, list)).length;
  const since = rows.flatMap((row) => (inList(row, "waiting") ? [row.waitingSince ?? 0] : []));
  return {
    waiting: count("waiting"),
    mine: count("mine"),
    snoozed: count("snoozed"),
    flagged: count("flagged"),
    longestSince: since.length > 0 ? Math.min(...since) : null,
  };
}
