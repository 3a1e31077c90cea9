import type { Database } from "../../db/client.ts";
import { type KeptSecrets, keepSecret, removeSecret, resealSecret } from "../../db/company.ts";
import { createSealer, type Sealer } from "../../lib/crypto/seal.ts";
import { boundTo } from "../../lib/tools/behalf/secrets.ts";
import { namedBy } from "../../lib/tools/behalf/variables.ts";
import type { AuditLog } from "../../lib/types/console/audit.ts";
import type { DeclaredTool } from "../../lib/types/tools/declared.ts";

/** Every claim carries them. */
const MOST_SECRETS = 40;
const NAME = /^[A-Z][A-Z0-9_]{0,59}$/;
/** What can stand in a header. */
const VALUE = /^[\x20-\x7e]{1,2000}$/;

const NO_KEY = `SECRETS_KEY is not set: it seals the secrets. Make one with
  openssl rand -base64 32
and give it to this command and to the deployment (docs/configuration.md).`;

/** The company whose secrets they are, and what is done with them. */
export interface SecretPlace {
  database: Database;
  kept: KeptSecrets;
  /** Tools of the live version. */
  tools: readonly DeclaredTool[];
  audit: AuditLog;
  /** Of `SECRETS_KEY`; none: it is not set. */
  keys: readonly Uint8Array[];
  /** The value that is to be set: asked for last. */
  readValue(): Promise<string>;
}

/** Sets, lists, removes or reseals the secrets of a company's tools; what is printed, which never holds a value. Throws an error with the fix. */
export async function secretCommand(
  [verb, name = ""]: readonly string[],
  place: SecretPlace,
): Promise<string> {
  if (verb === "list") return list(place);
  if (verb === "reseal") return reseal(place);
  if (!NAME.test(name))
    throw new Error(
      `${name.slice(0, 80)} cannot be the name of a secret: A-Z, 0-9 and _, at most 60, and first a letter.`,
    );
  return verb === "set" ? set(name, place) : remove(name, place);
}

async function set(name: string, place: SecretPlace): Promise<string> {
  const { kept, keys, database, tools } = place;
  const { tenantId, secrets } = kept;
  const sealer = sealerOf(keys);
  const isKnown = secrets.some((one) => one.name === name);
  if (!isKnown && secrets.length >= MOST_SECRETS)
    throw new Error(`There are ${MOST_SECRETS} secrets already, which are the most: remove one first.`);
  const value = (await place.readValue()).trim();
  if (!VALUE.test(value))
    throw new Error(
      value === ""
        ? "The value is empty: nothing was set."
        : "The value must be one line of at most 2,000 printable ASCII characters: nothing was set.",
    );
  const sealed = await sealer.seal(value, boundTo(tenantId, name));
  await log(place, "secret.set", { name });
  await keepSecret(database, tenantId, { name, sealed });
  const warning =
    usersOf(name, tools).length > 0 ? "" : `\nNo tool of the live version names \${secret:${name}} yet.`;
  return `${name} is ${isKnown ? "set anew" : "set"}.${warning}`;
}

async function list({ kept, keys, tools }: SecretPlace): Promise<string> {
  const named = [...new Set(tools.flatMap((tool) => namedBy(tool).secrets))];
  const unset = named.filter((name) => !kept.secrets.some((one) => one.name === name));
  const width = Math.max(
    0,
    ...[...named, ...kept.secrets.map(({ name }) => name)].map(({ length }) => length),
  );
  const sealer = keys.length > 0 ? createSealer(keys) : null;
  const lines = await Promise.all(
    kept.secrets.map(async ({ name, sealed, setAtMs }) => {
      const at = `${new Date(setAtMs).toISOString().slice(0, 16).replace("T", " ")} UTC`;
      const problem = await sealingProblem(sealed, boundTo(kept.tenantId, name), sealer);
      return `${name.padEnd(width)}  set ${at}  ${usesOf(name, tools)}${problem}`;
    }),
  );
  lines.push(...unset.map((name) => `${name.padEnd(width)}  not set  ${usesOf(name, tools)}`));
  return lines.join("\n") || "There are no secrets: npm run tools -- secret set NAME";
}

async function sealingProblem(sealed: string, bound: string[], sealer: Sealer | null): Promise<string> {
  if (sealer === null) return " · SECRETS_KEY is not set";
  if ((await sealer.open(sealed, bound)) === null) return " · does not open with SECRETS_KEY: set it again";
  return (await sealer.isCurrent(sealed)) ? "" : " · sealed under an old key: secret reseal";
}

async function remove(name: string, place: SecretPlace): Promise<string> {
  const { kept, database, tools } = place;
  if (!kept.secrets.some((one) => one.name === name)) throw new Error(`There is no secret ${name}.`);
  await log(place, "secret.remove", { name });
  await removeSecret(database, kept.tenantId, name);
  const users = usersOf(name, tools);
  return `${name} is removed.${users.length > 0 ? ` These tools do not work without it: ${users.join(", ")}.` : ""}`;
}

/** Seals under the first key what is sealed under another, after which the others can go. */
async function reseal(place: SecretPlace): Promise<string> {
  const { kept, keys, database } = place;
  const sealer = sealerOf(keys);
  const lost: string[] = [];
  let done = 0;
  await log(place, "secret.reseal", {});
  for (const { name, sealed: before } of kept.secrets) {
    const bound = boundTo(kept.tenantId, name);
    const value = await sealer.open(before, bound);
    if (value === null) lost.push(name);
    else if (!(await sealer.isCurrent(before))) {
      const sealed = await sealer.seal(value, bound);
      if (await resealSecret(database, kept.tenantId, { name, before, sealed })) done++;
    }
  }
  if (lost.length > 0)
    throw new Error(`${done} resealed. No key of SECRETS_KEY opens ${lost.join(", ")}: set them again.`);
  return `${done} resealed: all ${kept.secrets.length} open with the first key of SECRETS_KEY alone.`;
}

function sealerOf(keys: readonly Uint8Array[]): Sealer {
  if (keys.length === 0) throw new Error(NO_KEY);
  return createSealer(keys);
}

const usersOf = (name: string, tools: readonly DeclaredTool[]): string[] =>
  tools.filter((tool) => namedBy(tool).secrets.includes(name)).map((tool) => tool.name);

function usesOf(name: string, tools: readonly DeclaredTool[]): string {
  const users = usersOf(name, tools);
  return users.length > 0 ? `for ${users.join(", ")}` : "no tool of the live version names it";
}

const log = (
  { audit, kept }: SecretPlace,
  act: string,
  detail: { name: string } | Record<string, never>,
): Promise<void> =>
  audit.add(kept.tenantId, {
    ...{ operatorId: null, operator: "npm run tools", conversationId: null, look: false },
    ...{ act, detail },
  });
