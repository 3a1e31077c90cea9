import { z } from "zod";
import { TOOL_NAMES } from "../../tools/registry.ts";
import { quietHoursOf } from "../hours/quiet.ts";
import { cleanText } from "../json/clean.ts";
import { BEGINS_WITH_REFERENCE, IS_REFERENCE, WAYS } from "../tools/check/references.ts";
import type { ContextVia, DeclaredTool } from "../types/tools/declared.ts";
import { openingHoursSchema } from "./opening-hours.ts";

/** Most tools of a company, and characters of all of them together: every claim carries them. */
export const MOST_TOOLS = 60;
export const MOST_TOOL_CHARACTERS = 60_000;
/** Most fields of a list, a query or a body. */
const MOST_FIELDS = 40;
/** Longest time that a customer may take to confirm an effect. */
const MOST_MINUTES = 1_440;

const text = (most: number) =>
  z
    .string()
    .transform((given) => cleanText(given, given.length).trim())
    .pipe(z.string().min(1, "is empty").max(most, `is longer than ${most} characters`));
const field = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, "is not a field's name: letters, digits and _, at most 64");
const jsonSchema = z.record(z.string(), z.json());
const records = <T extends z.ZodType<string>>(value: T, keys: z.ZodString = z.string().min(1).max(100)) =>
  z
    .record(keys, value)
    .refine((given) => Object.keys(given).length <= MOST_FIELDS, `has more than ${MOST_FIELDS} fields`);
const headers = records(
  z
    .string()
    .regex(/^[\t\x20-\x7e]{0,1000}$/, "is not a header's value: at most 1,000 printable ASCII characters"),
  z.string().regex(/^[A-Za-z0-9-]{1,64}$/, "is not a header's name"),
);
const longUrl = z.string().max(1_000, "is longer than 1000 characters");
const url = longUrl.refine(
  (given) => isAddress(given, /^https?:\/\//),
  `is not an absolute address: begin it with https:// or with ${WAYS}`,
);
const isAddress = (given: string, scheme: RegExp): boolean =>
  /^\S*$/.test(given) && (scheme.test(given) || BEGINS_WITH_REFERENCE.test(given));
const context = z
  .custom<ContextVia>(
    (given) => typeof given === "string" && (given === "none" || isSigningSecret(given)),
    `is neither "none" nor the name of a variable that begins with TOOL_, nor \${secret:…}`,
  )
  .exactOptional();
const isSigningSecret = (given: string): boolean =>
  /^TOOL_[A-Z0-9_]{1,60}$/.test(given) || (given.startsWith("${secret:") && IS_REFERENCE.test(given));
const pointer = z
  .string()
  .max(200)
  .regex(/^(\/.*)?$/, 'is not a JSON pointer: begin it with "/", as in /data/0/name');
const byLanguage = z
  .strictObject({
    es: text(600).exactOptional(),
    en: text(600).exactOptional(),
    pt: text(600).exactOptional(),
  })
  .refine((texts) => Object.keys(texts).length > 0, 'has no language, e.g. { "es": "…" }');
const languageCode = z
  .string()
  .regex(/^[a-z]{2,3}(_[A-Za-z]{2,4})?$/, "is not a code of Meta's such as es or pt_BR")
  .exactOptional();

const httpVia = z.strictObject({
  kind: z.literal("http"),
  method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]),
  url,
  query: records(field).exactOptional(),
  headers: headers.exactOptional(),
  body: z.array(field).max(MOST_FIELDS).exactOptional(),
  context,
});
const mcpVia = z.strictObject({
  kind: z.literal("mcp"),
  url,
  headers: headers.exactOptional(),
  context,
  tool: text(128),
  pin: z.string().regex(/^[0-9a-f]{64}$/, "is not a SHA-256 in hexadecimal"),
});
const SLOT_MINUTES = "is not a whole number of minutes from 5 to 480, e.g. 30";
const icalVia = z.strictObject({
  kind: z.literal("ical"),
  url: longUrl.refine(
    (given) => isAddress(given, /^https:\/\//),
    `is not an https address: begin it with https:// or with ${WAYS}`,
  ),
  slotMinutes: z.int(SLOT_MINUTES).min(5, SLOT_MINUTES).max(480, SLOT_MINUTES),
  hours: openingHoursSchema.exactOptional(),
  noticeMinutes: z.int().min(0).max(20_160).exactOptional(),
  daysAhead: z.int().min(1).max(180).exactOptional(),
  capacity: z.int().min(1).max(1_000).exactOptional(),
});
function isQuiet(text: string): boolean {
  try {
    quietHoursOf(text);
    return true;
  } catch {
    return false;
  }
}

const ordersVia = z.strictObject({
  kind: z.literal("orders"),
  url: url.refine((given) => !given.includes("?"), "has a ?query: /orders/search is appended to it"),
  // With the deployment's secret, whoever runs this system could send what it gets on to the deployment's own.
  context: z.custom<Exclude<ContextVia, "none">>(
    (given) => typeof given === "string" && isSigningSecret(given),
    `is neither the name of a variable that begins with TOOL_, nor \${secret:…}: requests are signed by a secret of this system alone`,
  ),
});
const filled = text(200).refine((given) => /\{[^}]+\}/.test(given), "names no {field}");
const remind = z.strictObject({
  at: filled,
  key: filled,
  before: z.int().min(15).max(10_080),
  template: z.strictObject({
    name: z.string().regex(/^[a-z0-9_]{1,512}$/, "is not a template's name: a-z, 0-9 and _"),
    languageCodes: z
      .strictObject({ es: languageCode, en: languageCode, pt: languageCode })
      .refine((codes) => Object.keys(codes).length > 0, 'has no language, e.g. { "es": "es" }'),
  }),
  values: z.array(text(200)).max(10),
  quiet: z
    .string()
    .max(11)
    .refine(
      isQuiet,
      'are no quiet hours, e.g. "21:00-08:00", twenty hours at most; "none" where reminders may come at any time',
    )
    .exactOptional(),
});
const effect = z.strictObject({
  ask: byLanguage,
  done: byLanguage,
  refused: z
    .record(z.string().regex(/^4\d\d$/, "is not a status from 400 to 499"), byLanguage)
    .refine((given) => !("408" in given), "has 408, after which nobody knows whether it was done")
    .exactOptional(),
  minutes: z.int().min(1).max(MOST_MINUTES).exactOptional(),
  approval: z
    .union(
      [z.literal("always"), z.strictObject({ field, above: z.number() })],
      'is neither "always" nor { "field", "above" }',
    )
    .exactOptional(),
  remind: remind.exactOptional(),
  forget: filled.exactOptional(),
});

/** A tool's name, as intents and the model use it. */
const toolNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, "is not a tool's name: a-z, 0-9 and _, at most 40, a letter first")
  .refine(
    (name) => !TOOL_NAMES.includes(name),
    `is the name of a tool that is built in: ${TOOL_NAMES.join(", ")}`,
  );

/** The shape of a declared tool. Whether its parts fit together is checked of the whole. */
export const declaredToolSchema = z.strictObject({
  name: toolNameSchema,
  description: text(1_000),
  input: jsonSchema.refine(
    ({ type }) => type === "object",
    'is not the schema of an object: "type" must be "object"',
  ),
  via: z.discriminatedUnion(
    "kind",
    [httpVia, mcpVia, icalVia, ordersVia],
    'has no "kind": http, mcp, ical or orders',
  ),
  answer: z
    .strictObject({ pick: records(pointer).exactOptional(), schema: jsonSchema.exactOptional() })
    .exactOptional(),
  timeoutMs: z.int().min(100).max(10_000).exactOptional(),
  effect: effect.exactOptional(),
  takes: z.literal("order", 'can only be "order"').exactOptional(),
}) satisfies z.ZodType<DeclaredTool>;
