import { systemClock } from "../../../lib/compose/clock.ts";
import type { Env } from "../../../lib/config/env.ts";
import { createFactsOf } from "../../../lib/config/models.ts";
import { configuredModels } from "../../../lib/config/profiles.ts";
import {
  type ComingEnd,
  comingEnds,
  fateOf,
  type ShutdownDates,
  statedDates,
} from "../../../lib/model/ends.ts";
import { type Finding, type Outcome, warning } from "../finding.ts";
import { checkModel } from "./check.ts";

/** A warning for each configured model that ends within 60 days. */
export async function modelEnds(env: Env): Promise<Finding[]> {
  const service = { baseUrl: env.OPENAI_BASE_URL, apiKey: env.OPENAI_API_KEY };
  const stated = await statedDates(service).catch((): ShutdownDates => new Map());
  const lives = { factsOf: createFactsOf(env.MODELS), overrides: env.MODELS, stated };
  const models = configuredModels(env).map(({ model }) => model);
  const ends = comingEnds(models, lives, systemClock.now());
  return Promise.all(
    ends.map(async (end) => ({
      section: "services",
      name: `end of ${end.model}`,
      ...(await foretell(end, env, stated.has(end.model))),
    })),
  );
}

/** What will happen. The successor is tried now, so that nobody learns on the day that the account has it not. */
async function foretell(end: ComingEnd, env: Env, stated: boolean): Promise<Outcome> {
  const { model, shutdown, daysLeft, successor } = end;
  const variables = configuredModels(env).flatMap((each) => (each.model === model ? each.variable : []));
  const when = daysLeft > 0 ? `ends on ${shutdown}, in ${daysLeft} days` : `ended on ${shutdown}`;
  const message = `${when}${stated ? ", says the service" : ""}; ${fateOf(end)}`;
  const keeps = `if your service keeps it, MODELS='{"${model}":{"shutdown":null}}'`;
  if (!successor) return warning(message, `set ${variables.join(", ")} to a model that stays; ${keeps}`);
  const tried = await checkModel({ ...env, ...rolesOf(variables, successor) }, successor);
  if (tried.status === "failed")
    return warning(`${message}, but does not work: ${tried.message}`, tried.fix ?? keeps);
  return warning(`${message}, and works`, `set ${variables.join(", ")} to ${successor}; ${keeps}`);
}

const rolesOf = (variables: readonly string[], model: string): Partial<Env> =>
  Object.fromEntries(variables.map((variable) => [variable, model]));
