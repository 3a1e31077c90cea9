import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { likeliest } from "../../lib/intents/likeness/classifier.ts";
import { commonIn } from "../../lib/intents/likeness/features.ts";
import { train } from "../../lib/intents/likeness/train.ts";
import { wordsOf } from "../../lib/intents/likeness/words.ts";

interface Line {
  text: string;
  label: string;
}

interface Set {
  train: readonly Line[];
  test: readonly Line[];
}

/** A public set: its folder within the directory, how it is read, and the accuracy that is promised. */
interface PublicSet {
  name: string;
  folder: string;
  files: string;
  read(folder: string): Set;
  leastPercent: number;
}

/** More buckets and rounds than the bot's own, since these have up to 150 labels: chosen on parts of their training data. */
const TRAINING = { bits: 18, epochs: 15, seed: 7 };

const SETS: readonly PublicSet[] = [
  {
    ...{ name: "CLINC150", folder: "clinc150", files: "data_full.json", leastPercent: 93 },
    read(folder) {
      const parts = JSON.parse(readFileSync(join(folder, "data_full.json"), "utf8")) as Record<
        "train" | "test",
        [string, string][]
      >;
      const lines = (part: "train" | "test") => parts[part].map(([text, label]) => ({ text, label }));
      return { train: lines("train"), test: lines("test") };
    },
  },
  {
    ...{ name: "Banking77", folder: "banking77", files: "train.csv, test.csv", leastPercent: 91.5 },
    read: (folder) => ({
      train: csvLines(join(folder, "train.csv")),
      test: csvLines(join(folder, "test.csv")),
    }),
  },
  {
    ...{
      name: "HWU64",
      folder: "hwu64",
      files: "train/ and test/, each seq.in and label",
      leastPercent: 87.9,
    },
    read: (folder) => ({ train: pairs(join(folder, "train")), test: pairs(join(folder, "test")) }),
  },
];

const linesOf = (file: string): string[] => readFileSync(file, "utf8").trimEnd().split(/\r?\n/);

/** A text a line and its label on the same line of the other file. */
function pairs(folder: string): Line[] {
  const labels = linesOf(join(folder, "label"));
  return linesOf(join(folder, "seq.in")).map((text, at) => ({ text, label: labels[at] ?? "" }));
}

/** `text,category` behind a header; a text in quotes may hold commas, line ends and doubled quotes. */
function csvLines(file: string): Line[] {
  const rows = readFileSync(file, "utf8").matchAll(/^(?:"((?:[^"]|"")*)"|([^",\r\n]*)),([^,\r\n]+)\r?$/gm);
  return [...rows]
    .slice(1)
    .map(([, quoted, plain, label = ""]) => ({ text: quoted?.replaceAll('""', '"') ?? plain ?? "", label }));
}

/** Accuracy on the test part of each public set that is there, after learning its train part: a line of a table each. */
export function publicSets(directory: string): string[][] {
  return SETS.map(({ name, folder, files, read, leastPercent }) => {
    const place = join(directory, folder);
    if (!existsSync(place)) return [name, `not there: ${place}/ with ${files}`, "", `≥ ${leastPercent} %`];
    const { train: learnt, test } = read(place);
    const rows = learnt.map(({ text, label }) => ({ words: wordsOf(text), label, weight: 1 }));
    const common = commonIn(rows.map(({ words }) => words));
    const classifier = train(rows, { ...TRAINING, common });
    const right = test.filter(({ text, label }) => likeliest(wordsOf(text), classifier).label === label);
    const percent = (100 * right.length) / test.length;
    return [
      name,
      `${learnt.length} learnt, ${test.length} tested`,
      `${percent.toFixed(1)} %`,
      `≥ ${leastPercent} %`,
    ];
  });
}
