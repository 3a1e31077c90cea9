/** What Meta says of our access tokens, and whether the account's webhooks still come to us. */
import { call } from "../http/call.ts";
import { CallError } from "../http/call-error.ts";
import { type Fields, fieldOf, fieldsOf, listOf, parseJson } from "../json/lenient.ts";
import type { Finding, Look } from "../types/alerts.ts";
import { finding } from "./rules.ts";

const TIMEOUT_MS = 4_000;
const DAY_MS = 86_400_000;
/** Days ahead at which the end of a token is told, and told again. */
const DAYS_AHEAD = [14, 3];
/** Without these the bot can neither send nor learn of what comes. */
const NEEDED = ["whatsapp_business_messaging"];

/** Where to ask, and with what. */
export interface GraphOptions {
  baseUrl: string;
  version: string;
  ids: readonly string[];
  accessToken(phoneNumberId: string): string | null;
  businessAccountId(phoneNumberId: string): string | null;
  fetch?: typeof fetch;
}

/** Checks the token and the account of a business number, unless a number before it has the same. Never throws: what could not be asked is not in the look. */
export function createGraphCheck(options: GraphOptions) {
  const { ids, accessToken, businessAccountId } = options;
  /** True for the first number with this value. */
  const isFirst = (id: string, of: (id: string) => string | null): boolean =>
    of(id) !== null && ids.find((each) => of(each) === of(id)) === id;
  return async (phoneNumberId: string, nowMs: number): Promise<Look> => {
    const token = accessToken(phoneNumberId);
    const account = businessAccountId(phoneNumberId);
    if (token === null) return { found: [], checked: [] };
    const known = isFirst(phoneNumberId, accessToken) || isFirst(phoneNumberId, businessAccountId);
    const state = known ? await stateOf(token, options) : null;
    const look: Look = { found: [], checked: [] };
    if (state !== null && isFirst(phoneNumberId, accessToken)) {
      look.checked.push(`token:${phoneNumberId}`);
      look.found.push(...tokenFindings(phoneNumberId, state, nowMs));
    }
    if (account !== null && state?.valid && isFirst(phoneNumberId, businessAccountId)) {
      const isLost = await hasLostSubscription({ account, token, appId: state.appId }, options);
      if (isLost !== null) look.checked.push(`subscription:${account}`);
      if (isLost)
        look.found.push(
          finding("subscription", {
            about: account,
            severity: "page",
            facts: { account: shortened(account) },
          }),
        );
    }
    return look;
  };
}

interface TokenState {
  valid: boolean;
  /** Null: it does not end. */
  endsMs: number | null;
  appId: string | null;
  missing: string[];
}

const INVALID: TokenState = { valid: false, endsMs: null, appId: null, missing: [] };

/** Null: Meta did not say. */
async function stateOf(token: string, graph: GraphOptions): Promise<TokenState | null> {
  // Meta takes the token to look at in the address only; the call goes to Meta alone, and is neither logged nor traced.
  const answer = await ask(`debug_token?input_token=${encodeURIComponent(token)}`, token, graph);
  if (answer === "refused") return INVALID;
  const data = answer && fieldsOf(fieldOf(answer, "data"));
  if (!data || typeof fieldOf(data, "is_valid") !== "boolean") return null;
  const ends = ["expires_at", "data_access_expires_at"]
    .map((name) => fieldOf(data, name))
    .filter((at): at is number => typeof at === "number" && at > 0);
  const appId = fieldOf(data, "app_id");
  const scopes = listOf(fieldOf(data, "scopes"));
  return {
    valid: fieldOf(data, "is_valid") === true,
    endsMs: ends.length === 0 ? null : Math.min(...ends) * 1_000,
    appId: typeof appId === "string" ? appId : null,
    missing: scopes.length === 0 ? [] : NEEDED.filter((scope) => !scopes.includes(scope)),
  };
}

function tokenFindings(number: string, { valid, endsMs, missing }: TokenState, nowMs: number): Finding[] {
  const at = { about: number, severity: "page" } as const;
  const named = { number: shortened(number) };
  if (!valid) return [finding("token", { ...at, stage: 3, facts: { ...named, state: "invalid" } })];
  if (missing.length > 0)
    return [
      finding("token", {
        ...at,
        stage: 3,
        facts: { ...named, state: "rights", missing: missing.join(", ") },
      }),
    ];
  const days = endsMs === null ? Number.POSITIVE_INFINITY : Math.ceil((endsMs - nowMs) / DAY_MS);
  const stage = DAYS_AHEAD.filter((ahead) => days <= ahead).length;
  if (stage === 0) return [];
  const severity = stage > 1 ? "page" : "ticket";
  return [finding("token", { ...at, severity, stage, facts: { ...named, state: "ends", days } })];
}

/** Whether no app, or another one than the token's, gets the account's webhooks; null: Meta did not say. */
async function hasLostSubscription(
  { account, token, appId }: { account: string; token: string; appId: string | null },
  graph: GraphOptions,
): Promise<boolean | null> {
  const answer = await ask(`${account}/subscribed_apps`, token, graph);
  const apps = answer === "refused" || answer === null ? undefined : fieldOf(answer, "data");
  if (!Array.isArray(apps)) return null;
  const ids = listOf(apps).map((app) =>
    fieldOf(fieldsOf(fieldOf(fieldsOf(app), "whatsapp_business_api_data")), "id"),
  );
  return ids.length === 0 || (appId !== null && ids.every((id) => typeof id === "string" && id !== appId));
}

async function ask(
  path: string,
  token: string,
  { baseUrl, version, fetch }: GraphOptions,
): Promise<Fields | "refused" | null> {
  const headers = { authorization: `Bearer ${token}` };
  try {
    const { text } = await call(`${baseUrl}/${version}/${path}`, { headers, timeoutMs: TIMEOUT_MS, fetch });
    return fieldsOf(parseJson(text));
  } catch (error) {
    return error instanceof CallError && isAboutToken(error) ? "refused" : null;
  }
}

/** The end of one of Meta's ids, enough to know it by. */
const shortened = (id: string): string => `…${id.slice(-4)}`;

/** Meta's code of a token that is no longer good; it comes with 400 and 401 alike. */
const TOKEN_CODE = 190;

const isAboutToken = ({ status, text }: CallError): boolean =>
  status === 401 ||
  fieldOf(fieldsOf(fieldOf(fieldsOf(parseJson(text ?? "")), "error")), "code") === TOKEN_CODE;
