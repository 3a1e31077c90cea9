import type { Env } from "../../../lib/config/env.ts";
import { FEATURES } from "../../../lib/config/features.ts";
import type { ModelFacts } from "../../../lib/config/models.ts";
import { type ConfiguredModel, configuredModels } from "../../../lib/config/profiles.ts";
import { isModelGone } from "../../../lib/model/gone.ts";
import { reasonOf } from "../../../lib/model/reasons.ts";
import { refusalOf } from "../../../lib/model/refusal.ts";
import { errorCode } from "../../../lib/telemetry/error-code.ts";
import { failed, type Outcome, ok, warning } from "../finding.ts";
import { type Trial, tryModel, type Use } from "./trial.ts";

const USES: Record<ConfiguredModel["variable"], Use> = {
  INTENT_MODEL: "classification",
  REPLY_MODEL: "reply",
  FALLBACK_MODEL: "reply",
  TRANSCRIPTION_MODEL: "transcription",
};

/** What each use is tried with. */
const TRIED: Record<Use, string> = {
  classification: "a classification with its schema",
  reply: "a reply with tools, a forced one and a picture",
  transcription: "a recording",
};

/** The configured models, each once. */
export const modelsOf = (env: Env): string[] => [...new Set(configuredModels(env).map(({ model }) => model))];

/** Tries one configured model in all that the bot sends it. */
export async function checkModel(env: Env, model: string): Promise<Outcome> {
  const variables = configuredModels(env).flatMap((each) => (each.model === model ? each.variable : []));
  const uses = new Set(variables.map((variable) => USES[variable]));
  const startMs = performance.now();
  const trial = await tryModel(env, model, uses);
  const unnamed = await findUnnamed({ env, model, uses, trial });
  if (unnamed) return unnamed;
  const ms = Math.round(performance.now() - startMs);
  const tried = [...uses].map((use) => TRIED[use]).join(" and ");
  return (
    failure(trial, model, variables) ?? remark(trial, model, variables) ?? ok(`answers ${tried}, in ${ms} ms`)
  );
}

/** What the bot cannot find out by itself when a service refuses it without a word: the facts that help. */
const UNNAMED = [
  ["vision", { vision: false }],
  ["max_tokens", { tokenLimit: "max_completion_tokens" }],
  ["max_completion_tokens", { tokenLimit: "max_tokens" }],
] as const satisfies readonly (readonly [string, Partial<ModelFacts>])[];

interface Tried {
  env: Env;
  model: string;
  uses: ReadonlySet<Use>;
  trial: Trial;
}

/** Finds what is refused by leaving out one after the other; null when the service named it, or that does not help. */
async function findUnnamed({ env, model, uses, trial }: Tried): Promise<Outcome | null> {
  const refusal = refusalOf(trial.failures[0]?.error, Date.now());
  if (!refusal || isModelGone(trial.failures[0]?.error)) return null;
  if (reasonOf(refusal, new Set(FEATURES)).kind !== "unnamed") return null;
  for (const [feature, facts] of UNNAMED) {
    const stated = { ...env.MODELS, [model]: { ...env.MODELS[model], ...facts } };
    const { failures } = await tryModel({ ...env, MODELS: stated }, model, uses);
    if (failures.length > 0) continue;
    return failed(
      `${feature} is refused by ${model}, which does not say so (HTTP ${refusal.status})`,
      `MODELS='${JSON.stringify({ [model]: facts })}'`,
    );
  }
  return null;
}

/** What the bot copes with by itself. */
function remark({ ended, omits }: Trial, model: string, variables: readonly string[]): Outcome | null {
  const successor = ended.find((end) => end.successor !== null)?.successor;
  const without = omits.length > 0 ? `works without ${omits.join(", ")}, which the service refuses` : null;
  if (successor) {
    const said = [`has ended: ${successor} answers in its place`, ...(without ? [`which ${without}`] : [])];
    return warning(said.join(", "), `set ${variables.join(", ")} to ${successor}`);
  }
  const facts = JSON.stringify({ [model]: { omit: omits } });
  return without
    ? warning(without, `nothing has to be done; MODELS='${facts}' saves the refused request after each start`)
    : null;
}

function failure({ failures }: Trial, model: string, variables: readonly string[]): Outcome | null {
  const [first] = failures;
  if (!first) return null;
  const { message, fix } = explain(first.error, model, variables);
  // Everything but recordings goes on without it.
  return first.use === "transcription"
    ? warning(`recordings are not transcribed: ${message}`, fix)
    : failed(`${first.use}: ${message}`, fix);
}

function explain(
  error: unknown,
  model: string,
  variables: readonly string[],
): { message: string; fix: string } {
  const set = `set ${variables.join(", ")}`;
  if (isModelGone(error))
    return { message: `the service has no model ${model}`, fix: `${set} to one that it has` };
  const refusal = refusalOf(error, Date.now());
  if (!refusal || refusal.status === null || refusal.broken)
    return {
      message: `no usable answer (${errorCode(error)})`,
      fix: "check OPENAI_BASE_URL and this machine's connection",
    };
  const { status } = refusal;
  const reason = reasonOf(refusal, new Set(FEATURES));
  if (reason.kind === "feature")
    return {
      message: `${reason.feature} is refused by ${model} (HTTP ${status})`,
      fix: `${set} to a model that takes it, or MODELS='${JSON.stringify({ [model]: { omit: [reason.feature] } })}'`,
    };
  if (status === 404)
    return {
      message: `the service has no model ${model}, or nothing at this address (HTTP 404)`,
      fix: `${set} to one that it has, or check OPENAI_BASE_URL`,
    };
  if (status === 401 || status === 403)
    return {
      message: `the service refuses the key (HTTP ${status})`,
      fix: "check OPENAI_API_KEY and OPENAI_BASE_URL",
    };
  if (reason.kind === "quota" || status === 429)
    return {
      message: `no quota left, or too many requests (HTTP ${status})`,
      fix: "check the account's billing and limits",
    };
  return {
    message: `the service answers HTTP ${status}`,
    fix: "check OPENAI_BASE_URL and the service's status page",
  };
}
