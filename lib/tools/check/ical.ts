/** Checks a tool that reads a calendar. */
import type { DeclaredTool, IcalVia } from "../../types/tools/declared.ts";
import { ICAL_INPUT } from "../ical/input.ts";
import type { ToolProblem } from "./input-schema.ts";
import { BEGINS_WITH_REFERENCE, REFERENCE_FIX, REFERENCES, WAYS } from "./references.ts";

/** Addresses that anybody who knows them can read: Google's, Outlook's, and those with a key. */
const PRIVATE = /\/private-[0-9a-f]{8}|\/[0-9a-f]{32,}|[?&](token|key|secret|sig|auth)=/i;

/** All that is wrong with it, by field and with what to do. */
export function icalProblems(tool: DeclaredTool, via: IcalVia): ToolProblem[] {
  const problems = urlProblem(via.url).map((message) => ({ field: "via.url", message }));
  if (tool.effect)
    problems.push({ field: "effect", message: "is not possible: a calendar is only read; take it out" });
  if (tool.answer)
    problems.push({ field: "answer", message: "is Chasqui's own for a calendar: take it out" });
  const { properties } = ICAL_INPUT;
  const known = Object.keys(properties as object);
  const given = Object.keys((tool.input.properties as object | undefined) ?? {});
  if (given.some((name) => !known.includes(name)))
    problems.push({
      field: "input",
      message: `is Chasqui's own for a calendar (${known.join(", ")}): take it out`,
    });
  return problems;
}

function urlProblem(url: string): string[] {
  const bare = url.replace(BEGINS_WITH_REFERENCE, "https://system.example").replace(REFERENCES, "x");
  if (bare.includes("{")) return [REFERENCE_FIX];
  const host = /^https:\/\/[^/?#\\]+/i.exec(url)?.[0];
  if (!/^\$\{/.test(url) && (host === undefined || host.includes("{")))
    return [`must begin with https:// and a host, or with ${WAYS}`];
  if (!URL.canParse(bare) || new URL(bare).username !== "" || bare.includes("#"))
    return ["cannot be used: it has credentials or a #fragment in it, or is no address"];
  if (PRIVATE.test(url))
    return [`has a secret in a file: write ${WAYS} instead of the address (docs/tools.md)`];
  return [];
}
