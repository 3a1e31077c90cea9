/** `npm run intents`: trains the local classifier from the phrases, and classifies with it. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { runCommand } from "../host/machine/command.ts";
import { complain, say, sayLine } from "../host/machine/terminal.ts";
import { classifyStream } from "./intents/classify.ts";
import { readPhrases } from "./intents/phrases.ts";
import { trainWeights, weightsFile } from "./intents/write.ts";

const USAGE = `npm run intents                   train the classifier from lib/intents/phrases and write its weights
npm run intents -- check          exit 1 when the weights are not those of the phrases
npm run -s intents -- classify    read {"text", "language"?, "answersQuestion"?} a line, print a decision a line`;
const WEIGHTS = fileURLToPath(new URL("../lib/intents/likeness/weights.ts", import.meta.url));
const ACTIONS: Readonly<Record<string, () => Promise<number> | number>> = { train, check, classify };

await runCommand(main);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: "boolean", default: false } },
  });
  const [action = "train", ...rest] = positionals;
  const run = rest.length === 0 ? ACTIONS[action] : undefined;
  if (values.help || !run) {
    complain(USAGE);
    return values.help ? 0 : 2;
  }
  return run();
}

function train(): number {
  const { weights, phrases, decided, right, of } = trainWeights(readPhrases());
  writeFileSync(WEIGHTS, weightsFile(weights));
  const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
  say(`Learnt ${phrases} phrases: weights ${weights.version}, written to lib/intents/likeness/weights.ts.
With a fifth left out at a time, ${percent(decided, of)} of the phrases of intents are decided and ${percent(right, decided)} of the decided are right.`);
  if (weights.young.length > 0)
    say(`Too few phrases to decide: ${weights.young.join(", ")}. They are guessed beside the model.`);
  return 0;
}

function check(): number {
  const fresh = weightsFile(trainWeights(readPhrases()).weights);
  if (fresh === readFileSync(WEIGHTS, "utf8")) return 0;
  complain("The weights are not those of the phrases: npm run intents");
  return 1;
}

async function classify(): Promise<number> {
  return (await classifyStream({ input: process.stdin, print: sayLine, complain })) ? 0 : 1;
}
