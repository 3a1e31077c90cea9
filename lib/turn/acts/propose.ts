import { jsonSchema, type ToolSet, tool } from "ai";
import { cleanJson } from "../../json/clean.ts";
import type { Language } from "../../types/company.ts";
import type { Json } from "../../types/json.ts";
import type { DeclaredTool, ToolRunner } from "../../types/tools/declared.ts";
import type { Claim } from "../../types/turn-store.ts";
import { type Asking, askAbout } from "./question.ts";

/** What proposing needs of a turn. */
interface Proposing {
  claim: Pick<Claim, "tenant">;
  language: Language;
  runner: ToolRunner;
  /** Takes the place of an earlier one of the same reply: a model that calls again means the last. */
  propose(asking: Asking): void;
}

/** A tool with an effect as the model may call it: it changes nothing, and the reply becomes the question to the customer. */
export const effectTool = (declared: DeclaredTool, proposing: Proposing): ToolSet[string] =>
  tool({
    description: `${declared.description} ${ONLY_ASKS}`,
    inputSchema: jsonSchema<Json>({ ...declared.input }),
    execute: async (input) => {
      const checked = await proposing.runner.checked(declared, cleanJson(input));
      if (checked === null)
        return { error: "the input does not fit the schema", hint: "Ask the customer for what is missing." };
      const asking = askAbout(declared, checked, proposing.language, proposing.claim);
      if ("error" in asking) return asking;
      proposing.propose(asking);
      return { asked: true, next: "The customer is being asked to confirm; nothing has been done yet." };
    },
  });

const ONLY_ASKS =
  "Does nothing by itself: the customer is asked to confirm in fixed words, and it is done when they do. Call it as soon as you know every value; one call for a reply.";
