/** Secrets of a company's tools: kept sealed, opened when a call needs them. */
import { createSealer, type Sealer } from "../../crypto/seal.ts";
import type { DeclaredTool, OnBehalfOf, SealedSecrets } from "../../types/tools/declared.ts";
import { MissingVariableError, namedBy, type ReadVariable, type Values } from "./variables.ts";

/** What a secret of this name of this company is sealed with: a row that is copied to another company or name does not open. */
export const boundTo = (tenantId: string, name: string): string[] => ["tool secret", tenantId, name];

/** Opened secrets stay in memory for so long. */
const KEPT_MS = 60_000;
const MOST_KEPT = 200;

export interface ValueOptions {
  variable: ReadVariable;
  /** Keys of `SECRETS_KEY`; none or absent: it is not set. */
  secretKeys?: readonly Uint8Array[];
  now(): number;
}

/** Values of what a tool names, for the company on whose behalf it is called. */
export type ReadValues = (
  tool: Pick<DeclaredTool, "via">,
  tenant: Pick<OnBehalfOf["tenant"], "id" | "secrets">,
) => Promise<Values>;

/** Opens only the secrets that a tool names, and each again only after a minute. */
export function createValues({ variable, secretKeys = [], now }: ValueOptions): ReadValues {
  const open = createOpening(createSealer(secretKeys), now);
  return async (tool, { id, secrets }) => {
    const opened = new Map<string, string>();
    const kept = ownSecrets(namedBy(tool).secrets, secrets);
    for (const [name, sealed] of secretKeys.length > 0 ? kept : []) {
      const value = await open(sealed, boundTo(id, name));
      if (value !== null) opened.set(name, value);
    }
    return {
      env: variable,
      secret(name) {
        const value = opened.get(name);
        if (value !== undefined) return value;
        const fix = secretKeys.length === 0 ? NO_KEY : kept.has(name) ? UNOPENED : unset(name);
        throw new MissingVariableError(`secret:${name}`, fix);
      },
      stamp: [...kept].flat().join(" "),
    };
  };
}

const NO_KEY = "SECRETS_KEY is not set in the environment (docs/configuration.md)";
const UNOPENED =
  "it was sealed under another key: put that one behind the first in SECRETS_KEY, or set the secret again";
const unset = (name: string) => `npm run tools -- secret set ${name}, or take it out of the tool`;

function ownSecrets(names: readonly string[], secrets: SealedSecrets | null | undefined) {
  const all = new Map(Object.entries(secrets ?? {}));
  return new Map(
    names.flatMap((name) => {
      const sealed = all.get(name);
      return sealed === undefined ? [] : [[name, sealed] as const];
    }),
  );
}

/** Opens sealed values, and remembers the last ones for a while. */
function createOpening(sealer: Sealer, now: () => number) {
  const kept = new Map<string, { value: string; untilMs: number }>();
  return async (sealed: string, bound: readonly string[]): Promise<string | null> => {
    const key = JSON.stringify([sealed, ...bound]);
    const known = kept.get(key);
    if (known && known.untilMs > now()) return known.value;
    const value = await sealer.open(sealed, bound);
    kept.delete(key);
    if (value === null) return null;
    kept.set(key, { value, untilMs: now() + KEPT_MS });
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return value;
  };
}
