import { systemClock } from "../../../lib/compose/clock.ts";
import { MODEL_VARIABLES } from "../../../lib/compose/model-alerts.ts";
import type { Env } from "../../../lib/config/env.ts";
import { createFactsOf } from "../../../lib/config/models.ts";
import { comingEnds, fateOf, type ShutdownDates, statedDates } from "../../../lib/model/ends.ts";
import { type Finding, warning } from "../finding.ts";

/** A warning for each configured model that ends within 60 days. */
export async function modelEnds(env: Env): Promise<Finding[]> {
  const service = { baseUrl: env.OPENAI_BASE_URL, apiKey: env.OPENAI_API_KEY };
  const stated = await statedDates(service).catch((): ShutdownDates => new Map());
  const lives = { factsOf: createFactsOf(env.MODELS), overrides: env.MODELS, stated };
  const models = MODEL_VARIABLES.map((variable) => env[variable]);
  return comingEnds(models, lives, systemClock.now()).map((end) => {
    const { model, shutdown, daysLeft, successor } = end;
    const variables = MODEL_VARIABLES.filter((variable) => env[variable] === model).join(", ");
    const when = daysLeft > 0 ? `ends on ${shutdown}, in ${daysLeft} days` : `ended on ${shutdown}`;
    const fix = `set ${variables} to ${successor ?? "a model that stays"}; if your service keeps it, MODELS='{"${model}":{"shutdown":null}}'`;
    return {
      section: "services",
      name: `end of ${model}`,
      ...warning(`${when}${stated.has(model) ? ", says the service" : ""}; ${fateOf(end)}`, fix),
    };
  });
}
