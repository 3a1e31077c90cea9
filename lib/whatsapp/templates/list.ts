import type { TemplatesView, TemplateView } from "../../../contracts/console/settings.ts";
import { call } from "../../http/call.ts";
import { asCallError, CallError } from "../../http/call-error.ts";
import { fieldOf, fieldsOf, idOf, listOf, parseJson } from "../../json/lenient.ts";
import type { Clock } from "../../types/clock.ts";
import type { Templates } from "../../types/console/templates.ts";
import { metaAdvice, metaCodeIn, metaMeaning } from "../errors.ts";
import { templateView } from "./view.ts";

export interface TemplateListOptions {
  baseUrl: string;
  version: string;
  accessToken(phoneNumberId: string): string | null;
  /** Id of the WhatsApp Business account; null when it is not set. */
  accountId(phoneNumberId: string): string | null;
  fetch?: typeof fetch;
  clock: Pick<Clock, "now">;
}

const PAGE = 100;
/** Meta allows 6,000 templates in an account; nobody picks from more than these. */
const MAX_PAGES = 10;
const MAX_BYTES = 2 * 1024 * 1024;
const TIMEOUT_MS = 8_000;
const KEPT_MS = 60_000;
const FIELDS = "name,language,category,status,components";

const NOT_CONFIGURED: TemplatesView = {
  state: "not_configured",
  message:
    "Set WHATSAPP_BUSINESS_ACCOUNT_ID (or businessAccountId in WHATSAPP_NUMBERS) to the account's id from WhatsApp → API Setup, and give the access token whatsapp_business_management.",
};

/** Lists templates by the Graph API; a list that was read is kept for a minute, and asked for once however many wait for it. */
export function createTemplates(options: TemplateListOptions): Templates {
  const kept = new Map<string, { atMs: number; view: Promise<TemplatesView> }>();
  return {
    async list(phoneNumberId) {
      const accountId = options.accountId(phoneNumberId);
      if (accountId === null || options.accessToken(phoneNumberId) === null) return NOT_CONFIGURED;
      const nowMs = options.clock.now();
      const known = kept.get(phoneNumberId);
      if (known && Math.abs(nowMs - known.atMs) < KEPT_MS) return known.view;
      const view = read(accountId, phoneNumberId, options);
      kept.set(phoneNumberId, { atMs: nowMs, view });
      const answer = await view;
      // What failed is asked for again.
      if (answer.state !== "ok") kept.delete(phoneNumberId);
      return answer;
    },
  };
}

async function read(
  accountId: string,
  phoneNumberId: string,
  options: TemplateListOptions,
): Promise<TemplatesView> {
  const templates: TemplateView[] = [];
  let after: string | null = null;
  for (let page = 0; page < MAX_PAGES; page++) {
    const response = await ask(accountId, phoneNumberId, { ...options, after }).catch(asCallError);
    if (response instanceof CallError) return failed(response);
    const body = fieldsOf(parseJson(response.text));
    templates.push(...listOf(fieldOf(body, "data")).flatMap((each) => templateView(each) ?? []));
    const paging = fieldsOf(fieldOf(body, "paging"));
    // The address of the next page holds the token: only the cursor in it is used.
    after = "next" in paging ? idOf(fieldOf(fieldsOf(fieldOf(paging, "cursors")), "after")) : null;
    if (after === null) break;
  }
  return { state: "ok", templates };
}

function ask(
  accountId: string,
  phoneNumberId: string,
  { baseUrl, version, accessToken, fetch, after }: TemplateListOptions & { after: string | null },
) {
  const address = new URL(`${baseUrl}/${version}/${encodeURIComponent(accountId)}/message_templates`);
  address.searchParams.set("fields", FIELDS);
  address.searchParams.set("limit", String(PAGE));
  if (after !== null) address.searchParams.set("after", after);
  const headers = { authorization: `Bearer ${accessToken(phoneNumberId) ?? ""}` };
  return call(address, { headers, timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, fetch });
}

function failed(error: CallError): TemplatesView {
  const code = metaCodeIn(parseJson(error.text));
  const meaning = code === null ? null : metaMeaning(code);
  const message = meaning
    ? `Meta does not list the templates (code ${code}): ${meaning}. ${metaAdvice(code ?? 0)}`
    : "Meta does not answer now; try again in a minute.";
  return { state: "failed", message };
}
