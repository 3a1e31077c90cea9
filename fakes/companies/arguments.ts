import { parseArgs } from "node:util";

/** The demo company that a command line names, `shop` by default; `help` when help is asked for, null when it is not valid. */
export function devCompany(args: readonly string[]): string | null {
  try {
    const options = {
      company: { type: "string", default: "shop" },
      help: { type: "boolean", default: false },
    } as const;
    const { values } = parseArgs({ args: [...args], options });
    return values.help ? "help" : values.company;
  } catch {
    return null;
  }
}
