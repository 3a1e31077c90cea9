import { z } from "zod";
import type { FoundPassage, ImportView } from "../../../contracts/console/versions.ts";
import { PASSAGE_CHARACTERS, PASSAGES } from "../../../tools/lookup.ts";
import { readBody } from "../../http/body.ts";
import { decodeText } from "../../media/file/text.ts";
import type { Language, Passage } from "../../types/company.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import { Refusal, type Route, type TenantCall } from "../http/route.ts";
import { findSchema } from "../versions/input.ts";
import { passagesOfCsv } from "./csv.ts";
import { textOfHtml } from "./html.ts";
import { createSlugs } from "./slug.ts";
import { sectionsOf } from "./split.ts";

const MOST_FOUND = 8;
const MAX_CSV_BYTES = 1024 * 1024;
const language = z.enum(["es", "en", "pt"]);
const pageSchema = z.strictObject({ url: z.string().min(1).max(2_000), language });

type TenantCallOfConsole = TenantCall<ConsoleDeps>;

/** What the bot's search finds, and imports that propose passages; nothing is stored here. */
export const KNOWLEDGE_ROUTES: readonly Route<ConsoleDeps>[] = [
  { method: "POST", path: "/t/:tenant/knowledge/find", access: "viewer", audit: null, handle: find },
  {
    method: "POST",
    path: "/t/:tenant/knowledge/import/pdf",
    access: "agent",
    audit: "knowledge.import",
    handle: importPdf,
  },
  {
    method: "POST",
    path: "/t/:tenant/knowledge/import/page",
    access: "agent",
    audit: "knowledge.import",
    handle: importPage,
  },
  {
    method: "POST",
    path: "/t/:tenant/knowledge/import/csv",
    access: "agent",
    audit: "knowledge.import",
    handle: importCsv,
  },
];

async function find({ deps, tenantId, who, body }: TenantCallOfConsole): Promise<Response> {
  const { question, language, version } = await body(findSchema);
  const knowledge = await deps.trials.knowledge(tenantId, who.operatorId, version);
  const hits = (await knowledge?.search(tenantId, question, language, MOST_FOUND)) ?? [];
  const best = Math.max(...hits.map(({ score }) => score));
  const found = hits.map(
    ({ score, ...hit }, at): FoundPassage => ({
      ...hit,
      score: score / best,
      read: at < PASSAGES,
      cut: hit.text.length > PASSAGE_CHARACTERS,
    }),
  );
  return Response.json(found);
}

async function importPdf({ request, deps, tenantId, query }: TenantCallOfConsole): Promise<Response> {
  const written = language.safeParse(query.get("language"));
  if (!written.success) throw new Refusal(400, "invalid", "language: es, en or pt");
  const bytes = await fileIn(request, deps.maxUploadBytes);
  const phoneNumberId = (await deps.outbox.phoneNumberId(tenantId)) ?? "";
  const read = await deps.pdfText(phoneNumberId, Uint8Array.from(bytes));
  if ("reason" in read)
    throw new Refusal(
      422,
      `pdf_${read.reason}`,
      "This PDF could not be read: it is damaged, locked, or no PDF.",
    );
  if (read.text.trim() === "")
    throw new Refusal(
      422,
      "pdf_empty",
      "This PDF has no text, only pictures of it. Copy its words into a passage.",
    );
  return Response.json(proposed(withoutMarks(read.text), titleOf(request, "PDF"), written.data));
}

async function importPage({ deps, body }: TenantCallOfConsole): Promise<Response> {
  const { url, language } = await body(pageSchema);
  const page = await deps.publicPage(url);
  if ("refused" in page) throw new Refusal(422, `page_${page.refused}`, WHY[page.refused]);
  const { title, text } = page.kind === "html" ? textOfHtml(page.html) : { title: "", text: page.html };
  if (text.trim() === "")
    throw new Refusal(422, "page_empty", "There are no words on this page; it may write them with a script.");
  return Response.json(proposed(text, title || new URL(url).hostname, language));
}

const WHY = {
  address: "This is no address of a web page: it begins with https://.",
  private: "This address belongs to a private network. Only pages that anybody can open are read.",
  redirects: "This page leads on and on to others.",
  status: "The page answered with an error.",
  kind: "This address is no page of text.",
  too_large: "The page is over 2 MB.",
  timeout: "The page did not answer within 10 seconds.",
  unreachable: "The page could not be reached.",
} as const;

async function importCsv({ request }: TenantCallOfConsole): Promise<Response> {
  const bytes = await fileIn(request, MAX_CSV_BYTES);
  const text = textOfFile(bytes);
  const { passages, problems } = passagesOfCsv(text);
  return Response.json({ passages, problems, cut: false } satisfies ImportView);
}

async function fileIn(request: Request, maxBytes: number): Promise<Uint8Array> {
  const bytes = await readBody(request, maxBytes);
  if (bytes === null)
    throw new Refusal(
      413,
      "file_too_large",
      `The file may have at most ${Math.floor(maxBytes / 1024 / 102.4) / 10} MB here.`,
    );
  if (bytes.byteLength === 0) throw new Refusal(400, "empty_file", "The file is empty.");
  return bytes;
}

/** UTF-8, or what spreadsheets write without saying so. */
function textOfFile(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return bytes.includes(0) ? decodeText(bytes) : new TextDecoder("windows-1252").decode(bytes);
  }
}

function proposed(text: string, name: string, language: Language): ImportView {
  const { sections, cut } = sectionsOf(text, name);
  const slugs = createSlugs();
  const passages = sections.map(
    ({ title, body }): Passage => ({ slug: slugs(title), language, title, body, keywords: "" }),
  );
  return { passages, problems: [], cut };
}

/** The reader marks what it left out for the bot; a person sees that the text ends. */
const withoutMarks = (text: string): string => text.replaceAll("【", "(").replaceAll("】", ")");

function titleOf(request: Request, otherwise: string): string {
  try {
    const name = decodeURIComponent(request.headers.get("x-filename") ?? "").slice(0, 200);
    return (
      name
        .slice(name.lastIndexOf("/") + 1)
        .replace(/\.pdf$/i, "")
        .trim() || otherwise
    );
  } catch {
    return otherwise;
  }
}
