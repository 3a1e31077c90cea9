import { parseArgs } from "node:util";

const ACTS = ["list", "test", "import", "approve", "secret"] as const;

/** What `npm run tools` is asked to do. */
export interface ToolsTask {
  act: (typeof ACTS)[number];
  /** The tool, the file or the address, and what follows it; of a secret: what to do, and its name. */
  names: readonly string[];
  /** Null: the stored company. */
  folder: string | null;
  number: string | null;
  input: string;
  phone: string;
  yes: boolean;
  headers: readonly string[];
}

/** Reads the command line; null when it is not valid. */
export function toolsTask(args: readonly string[]): ToolsTask | null {
  try {
    const text = { type: "string" } as const;
    const options = { company: text, number: text, input: text, as: text } as const;
    const more = { yes: { type: "boolean" }, header: { type: "string", multiple: true } } as const;
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...options, ...more },
      allowPositionals: true,
    });
    const [verb = "list", ...names] = positionals;
    const act = ACTS.find((name) => name === verb);
    if (!act || (act === "list") !== (names.length === 0) || (act === "test" && names.length > 1))
      return null;
    if (act === "secret" && !isSecretTask(names)) return null;
    const phone = (values.as ?? "10000000000").replace(/\D/g, "");
    const { company: folder = null, number = null, input = "{}", yes = false, header: headers = [] } = values;
    return { act, names, folder, number, input, phone, yes, headers };
  } catch {
    return null;
  }
}

/** `list` and `reseal` are about all of them. */
const isSecretTask = ([verb = "", ...names]: readonly string[]): boolean =>
  ["list", "reseal"].includes(verb)
    ? names.length === 0
    : ["set", "remove"].includes(verb) && names.length === 1;
