/** `npm run intents`: trains the local classifier from the phrases, and classifies with it. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { runCommand } from "../host/machine/command.ts";
import type { Teardown } from "../host/machine/lifecycle.ts";
import { complain, say, sayLine } from "../host/machine/terminal.ts";
import { classifyStream } from "./intents/classify.ts";
import { openGuesses } from "./intents/database.ts";
import { acceptedIn, addOwn, proposal } from "./intents/learn.ts";
import { PHRASES_DIRECTORY, readPhrases } from "./intents/phrases.ts";
import { reportWords } from "./intents/report.ts";
import { trainWeights, weightsFile } from "./intents/write.ts";

const USAGE = `npm run intents                   train the classifier from lib/intents/phrases and write its weights
npm run intents -- check          exit 1 when the weights are not those of the phrases
npm run -s intents -- classify    read {"text", "language"?, "answersQuestion"?} a line, print a decision a line
npm run intents -- report         how often sure guesses agreed with the model, and whether INTENT_LOCAL=on is safe
npm run intents -- learn          write messages that the model sorted into messages-to-learn.txt, for a person to edit
npm run intents -- accept <file>  add what is left of them to the own phrases, and train
Add --days <n> to report and learn for another time than 30 days.`;
const WEIGHTS = fileURLToPath(new URL("../lib/intents/likeness/weights.ts", import.meta.url));
const PROPOSAL = "messages-to-learn.txt";
const DAY_MS = 86_400_000;
/** A person reads them all. */
const MOST_PROPOSED = 500;

interface Task {
  days: number;
  file: string;
  teardown: Teardown;
}

const ACTIONS: Readonly<Record<string, (task: Task) => Promise<number> | number>> = {
  ...{ train, check, classify, report, learn, accept },
};

await runCommand(main);

async function main(teardown: Teardown): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: "boolean", default: false }, days: { type: "string", default: "30" } },
  });
  const [action = "train", file, ...rest] = positionals;
  const days = Number(values.days);
  const run = (file !== undefined) === (action === "accept") && rest.length === 0 && ACTIONS[action];
  if (values.help || !run || !(Number.isInteger(days) && days > 0)) {
    complain(USAGE);
    return values.help ? 0 : 2;
  }
  return run({ days, file: file ?? "", teardown });
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

async function report({ days, teardown }: Task): Promise<number> {
  const { companies, guesses } = await openGuesses(teardown);
  const toMs = Date.now();
  for (const { tenantId, company } of companies) {
    const figures = await guesses.agreement(tenantId, { fromMs: toMs - days * DAY_MS, toMs });
    say(reportWords({ company, days, figures }));
  }
  return 0;
}

async function learn({ days, teardown }: Task): Promise<number> {
  if (existsSync(PROPOSAL)) {
    complain(`${PROPOSAL} is there already: accept or delete it first.`);
    return 1;
  }
  const { companies, guesses } = await openGuesses(teardown);
  const wanted = { fromMs: Date.now() - days * DAY_MS, most: MOST_PROPOSED };
  const all = await Promise.all(companies.map(({ tenantId }) => guesses.learnable(tenantId, wanted)));
  const { text, proposed } = proposal(all.flat());
  if (proposed === 0) {
    say(`Nothing to learn from the last ${days} days.`);
    return 0;
  }
  writeFileSync(PROPOSAL, text, { mode: 0o600 });
  say(`${proposed} messages are in ${PROPOSAL}. Edit it, then: npm run intents -- accept ${PROPOSAL}`);
  return 0;
}

function accept({ file }: Task): number {
  const added = addOwn(acceptedIn(readFileSync(file, "utf8")), join(PHRASES_DIRECTORY, "own"));
  say(`${added} phrases added to lib/intents/phrases/own.`);
  return added === 0 ? 0 : train();
}
