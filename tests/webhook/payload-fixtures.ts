import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { WebhookEvents } from "../../lib/types/inbound.ts";

/** Expectations of `expected.json` for one body; absent keys mean "nothing". */
export interface Expected {
  fields: (string | null)[];
  messages: {
    id: string;
    from: string | null;
    type: string;
    text: string | null;
    from_user_id?: string;
    reply_id?: string;
    media_id?: string;
    context_id?: string;
    group_id?: string;
    error_codes?: number[];
    standby?: boolean;
  }[];
  statuses: {
    id: string;
    status: string;
    recipient_id?: string;
    recipient_user_id?: string;
    biz_opaque_callback_data?: string;
    error_codes?: number[];
  }[];
  /** Reasons of everything else, in order; absent where nobody wrote them down. */
  others?: string[];
  /** Partial items of the other lists; with `others`, an absent list is empty. */
  events?: Partial<Record<BesidesName, unknown[]>>;
}

/** The lists beside messages, statuses and others. */
export const BESIDES = [
  "operatorEchoes",
  "identityChanges",
  "preferences",
  "calls",
  "handovers",
  "accountEvents",
] as const satisfies readonly (keyof WebhookEvents)[];

type BesidesName = (typeof BESIDES)[number];

/** One recorded or composed webhook body. */
export interface Fixture {
  name: string;
  json: string;
  expected: Expected;
}

const OWN = fileURLToPath(new URL("../fixtures/whatsapp/", import.meta.url));
/** A second collection, used where it lies beside the checkout. */
const SHARED = fileURLToPath(new URL("../../../shared/fixtures/whatsapp/", import.meta.url));

/** All bodies of the project, and of the shared collection where there is one. */
export function fixtures(): Fixture[] {
  return [OWN, SHARED].filter((folder) => existsSync(folder)).flatMap(load);
}

function load(folder: string): Fixture[] {
  const expected: Record<string, Expected> = JSON.parse(readFileSync(`${folder}expected.json`, "utf8"));
  return readdirSync(folder)
    .filter((name) => Object.hasOwn(expected, name))
    .map((name) => {
      const want = expected[name];
      if (!want) throw new Error(`${name} is not in expected.json`);
      return { name, json: readFileSync(folder + name, "utf8"), expected: want };
    });
}
