import { parseArgs } from "node:util";

/** What `npm run company` is asked to do. */
export interface CompanyTask {
  act: "check" | "import" | "export";
  folder: string;
  /** Null: the first business number. */
  number: string | null;
}

const ACTS = ["check", "import", "export"] as const;

/** Reads the command line: `[check | import | export] <folder>`; null when it is not valid, `help` when help is asked for. */
export function companyTask(args: readonly string[]): CompanyTask | "help" | null {
  try {
    const options = { number: { type: "string" }, help: { type: "boolean", default: false } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (values.help) return "help";
    const act = ACTS.find((name) => name === positionals[0]);
    // A folder alone is imported, as it always was; a folder of an act's name is written as ./check.
    const [folder, ...rest] = act && positionals.length > 1 ? positionals.slice(1) : positionals;
    if (folder === undefined || rest.length > 0 || (act && positionals.length === 1)) return null;
    return { act: act ?? "import", folder, number: values.number?.trim() ?? null };
  } catch {
    return null;
  }
}
