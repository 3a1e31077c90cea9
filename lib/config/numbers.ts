/** Business numbers of this deployment, with their tokens, app secrets and throughput. */
import { z } from "zod";
import type { AppSecret } from "../crypto/signature.ts";

const MAX_NUMBERS = 100;
const token = z.string().regex(/^[!-~]{1,2000}$/);
const secrets = z.string().transform((value) => value.split(",").map((item) => item.trim()));

/** Each field of an entry: its schema, and its description for error messages. */
const FIELDS = {
  phoneNumberId: [z.string().regex(/^\d{1,32}$/), "the phone number ID, digits in quotes"],
  accessToken: [token.optional(), "a token in quotes, or absent"],
  appSecret: [
    z
      .union([secrets, z.array(z.string().trim())])
      .pipe(z.array(z.string().min(6).max(500)).min(1).max(10))
      .optional(),
    "a secret of 6 characters or more, or a list of such, or absent",
  ],
  throughput: [z.number().int().min(1).max(1_000).optional(), "messages per second, 1 to 1000, or absent"],
  businessAccountId: [
    z
      .string()
      .regex(/^\d{1,32}$/)
      .optional(),
    "the WhatsApp Business account's id, digits in quotes, or absent",
  ],
} as const;

const entrySchema = z.strictObject({
  phoneNumberId: FIELDS.phoneNumberId[0],
  accessToken: FIELDS.accessToken[0],
  appSecret: FIELDS.appSecret[0],
  throughput: FIELDS.throughput[0],
  businessAccountId: FIELDS.businessAccountId[0],
});

type MoreNumber = z.output<typeof entrySchema>;

/** Schema of `WHATSAPP_NUMBERS`; its issues name the entry and the field, never a value. */
export const moreNumbers = z.string().transform((value, context): MoreNumber[] => {
  const { list, problems } = readList(value);
  for (const message of problems) context.addIssue({ code: "custom", message });
  return list;
});

function readList(value: string): { list: MoreNumber[]; problems: string[] } {
  const entries = parseJson(value);
  if (!Array.isArray(entries)) return { list: [], problems: ["it is not a JSON list"] };
  if (entries.length > MAX_NUMBERS) return { list: [], problems: [`it has over ${MAX_NUMBERS} entries`] };
  const results = entries.map((entry) => entrySchema.safeParse(entry));
  const list = results.flatMap(({ data }) => (data ? [data] : []));
  const problems = results.flatMap(({ error }, at) => [
    ...new Set((error?.issues ?? []).map(({ path }) => problemOf(at, path[0]))),
  ]);
  return { list, problems: [...problems, ...repeated(list)] };
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function problemOf(at: number, field: PropertyKey | undefined): string {
  const known = Object.entries(FIELDS).find(([name]) => name === field);
  if (known) return `entry ${at + 1}: ${known[0]} must be ${known[1][1]}`;
  return `entry ${at + 1} must be an object of ${Object.keys(FIELDS).join(", ")} and nothing else`;
}

function repeated(list: readonly MoreNumber[]): string[] {
  const ids = list.map(({ phoneNumberId }) => phoneNumberId);
  return ids.flatMap((id, at) =>
    ids.indexOf(id) < at ? [`entry ${at + 1}: phoneNumberId is that of entry ${ids.indexOf(id) + 1}`] : [],
  );
}

/** All business numbers with their settings. */
export interface Numbers {
  /** Unique ids; the number of `WHATSAPP_PHONE_NUMBER_ID` comes first. */
  ids: readonly string[];
  /** Null for a number that is not ours. */
  accessToken(phoneNumberId: string): string | null;
  /** WhatsApp Business account of a number, whose templates it sends; null when it is not configured. */
  businessAccountId(phoneNumberId: string): string | null;
  /** Configured throughput per number, messages per second; other numbers learn theirs from refusals. */
  throughputs: Readonly<Record<string, number>>;
  /** Secret that signs our own requests about a number; null for a number that is not ours. */
  appSecret(phoneNumberId: string): string | null;
  /** Each distinct secret once, with the numbers that it may sign for. */
  secrets(): readonly AppSecret[];
}

/** Numbers of a parsed environment; an entry's missing fields come from the first number's variables. */
export function createNumbers(env: {
  WHATSAPP_PHONE_NUMBER_ID: string;
  WHATSAPP_ACCESS_TOKEN: string;
  WHATSAPP_APP_SECRET: readonly string[];
  WHATSAPP_THROUGHPUT?: number | undefined;
  WHATSAPP_BUSINESS_ACCOUNT_ID?: string | undefined;
  WHATSAPP_NUMBERS: readonly MoreNumber[];
}): Numbers {
  const first = { phoneNumberId: env.WHATSAPP_PHONE_NUMBER_ID, throughput: env.WHATSAPP_THROUGHPUT };
  const numbers = new Map(
    [first, ...env.WHATSAPP_NUMBERS].map((number: MoreNumber) => [number.phoneNumberId, number]),
  );
  const covered = new Map<string, string[]>();
  for (const { phoneNumberId, appSecret } of numbers.values()) {
    for (const secret of new Set(appSecret ?? env.WHATSAPP_APP_SECRET))
      covered.set(secret, [...(covered.get(secret) ?? []), phoneNumberId]);
  }
  const appSecrets = [...covered].map(([secret, phoneNumberIds]) => ({ secret, phoneNumberIds }));
  return {
    ids: [...numbers.keys()],
    accessToken(phoneNumberId) {
      const number = numbers.get(phoneNumberId);
      return number ? (number.accessToken ?? env.WHATSAPP_ACCESS_TOKEN) : null;
    },
    appSecret(phoneNumberId) {
      const number = numbers.get(phoneNumberId);
      return (number && (number.appSecret ?? env.WHATSAPP_APP_SECRET)[0]) ?? null;
    },
    businessAccountId(phoneNumberId) {
      const number = numbers.get(phoneNumberId);
      return (number && (number.businessAccountId ?? env.WHATSAPP_BUSINESS_ACCOUNT_ID)) ?? null;
    },
    throughputs: Object.fromEntries(
      [...numbers].flatMap(([id, { throughput }]) => (throughput === undefined ? [] : [[id, throughput]])),
    ),
    secrets: () => appSecrets,
  };
}
