import { cleanJson } from "../../../json/clean.ts";
import {
  type Fields,
  fieldOf,
  fieldsOf,
  idOf,
  listOf,
  momentOf,
  plainNameOf,
} from "../../../json/lenient.ts";
import type { AccountEvent } from "../../../types/inbound.ts";
import type { Json } from "../../../types/json.ts";
import type { Change } from "./change.ts";
import { severityOf } from "./severity.ts";

/** Fields about the account, its numbers and templates. Those about the messages or acts of customers are only counted. */
const FIELDS: readonly { field: RegExp; keep: "value" | "counts" }[] = [
  { field: /^(history|smb_app_state_sync|automatic_events)$/, keep: "counts" },
  { field: /^group_\w+$/, keep: "counts" },
  { field: /^(security|flows|partner_solutions)$/, keep: "value" },
  { field: /^(account|business|phone_number|message_template|template|payment)_\w+$/, keep: "value" },
];

/** True for the field of an account event, including names that Meta has yet to invent. */
export function isAccountEvent(field: string): boolean {
  return FIELDS.some((row) => row.field.test(field));
}

/** Reads the account event in such a change. */
export function readAccountEvent(change: Change): AccountEvent {
  const { field, value, accountId, nowMs } = change;
  const event = firstName(value, EVENT_NAMES) ?? "(none)";
  const givenTimeMs = change.entryMs ?? momentOf(fieldOf(value, "timestamp"), nowMs);
  const keep = FIELDS.find((row) => row.field.test(field))?.keep ?? "counts";
  return {
    phoneNumberId: change.phoneNumberId ?? numberOf(value),
    accountId,
    field,
    event,
    severity: severityOf(field, event, firstName(value, STATE_NAMES)),
    detail: keep === "value" ? withoutPersonal(cleanJson(value)) : countsOf(value),
    timestampMs: givenTimeMs ?? nowMs,
    givenTimeMs,
  };
}

/** Paths to the name of the event; the first that is present counts. */
const EVENT_NAMES = [
  ["event"],
  ["decision"],
  ["alert_info", "alert_type"],
  ["new_quality_score"],
  ["correct_category"],
  ["new_category"],
  ["status"],
  ["groups", "0", "type"],
  ["automatic_events", "0", "event_name"],
];

/** Paths to a further state. */
const STATE_NAMES = [
  ["ban_info", "waba_ban_state"],
  ["alert_info", "alert_severity"],
  ["alert_state"],
  ["new_status"],
];

function firstName(value: Fields, paths: readonly string[][]): string | null {
  const names = paths.map((path) => plainNameOf(path.reduce<unknown>(step, value)));
  return names.find((name) => name !== null) ?? null;
}

const step = (value: unknown, key: string): unknown =>
  Array.isArray(value) ? value[Number(key)] : fieldOf(fieldsOf(value), key);

/** Business number that an alert is about. */
function numberOf(value: Fields): string | null {
  const id =
    fieldOf(value, "entity_type") === "PHONE_NUMBER"
      ? fieldOf(value, "entity_id")
      : fieldOf(value, "phone_number_id");
  return idOf(id);
}

/** Keys that may hold a customer's name, number or words, at any depth. */
const PERSONAL = new Set(
  "contacts from from_user_id input parent_user_id participants recipient_id recipient_user_id to user user_id wa_id".split(
    " ",
  ),
);

function withoutPersonal(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutPersonal);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !PERSONAL.has(key))
      .map(([key, item]) => [key, withoutPersonal(item)]),
  );
}

const COUNTED = new Set(
  "history threads messages state_sync automatic_events groups added_participants removed_participants failed_participants errors".split(
    " ",
  ),
);

/** Number of items by the names of Meta's lists. */
function countsOf(value: unknown): Json {
  const counts: Record<string, number> = {};
  const visit = (fields: Fields, depth: number): void => {
    for (const name of COUNTED) {
      const items = listOf(fieldOf(fields, name));
      if (items.length === 0) continue;
      counts[name] = (counts[name] ?? 0) + items.length;
      if (depth > 0) for (const item of items) visit(fieldsOf(item), depth - 1);
    }
  };
  visit(fieldsOf(value), 3);
  return counts;
}
