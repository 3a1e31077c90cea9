import type { ContentProblem } from "../../contracts/console/versions.ts";
import { scheduleOf } from "../hours/schedule.ts";
import { cartProblems, withCartInput } from "../tools/check/cart.ts";
import { checkTool } from "../tools/check/tool.ts";
import { ICAL_INPUT } from "../tools/ical/input.ts";
import { ORDERS_INPUT } from "../tools/orders/answer.ts";
import type { CompanyProfile } from "../types/company.ts";
import type { DeclaredTool } from "../types/tools/declared.ts";
import { declaredToolSchema, MOST_TOOL_CHARACTERS, MOST_TOOLS } from "./tool-schema.ts";

/** The tools that are valid, in the order of their names; the problems of the others go to `problems`. */
export function checkedTools(given: readonly DeclaredTool[], problems: ContentProblem[]): DeclaredTool[] {
  const tools = given.flatMap((tool) => checkedTool(tool, problems));
  const names = tools.map(({ name }) => name);
  for (const name of new Set(names.filter((one, at) => names.indexOf(one) !== at)))
    problems.push({ item: `tools.${name}`, field: "name", message: "is the name of another tool too" });
  for (const { name } of tools.filter(({ takes }) => takes === "order").slice(1))
    problems.push({
      item: `tools.${name}`,
      field: "takes",
      message: "is there once: another tool takes orders",
    });
  for (const { name } of tools.filter(({ via }) => via.kind === "orders").slice(1))
    problems.push({
      item: `tools.${name}`,
      field: "via.kind",
      message: "is there once: another tool is the order system",
    });
  const note = (message: string) => problems.push({ item: "tools", field: "", message });
  if (given.length > MOST_TOOLS) note(`has more than ${MOST_TOOLS} tools`);
  const { length } = JSON.stringify(tools);
  if (length > MOST_TOOL_CHARACTERS)
    note(`has ${length} characters in all; ${MOST_TOOL_CHARACTERS} are the most, as every turn reads them`);
  return tools.sort((one, other) => (one.name < other.name ? -1 : 1));
}

function checkedTool(tool: DeclaredTool, problems: ContentProblem[]): DeclaredTool[] {
  const item = `tools.${tool.name}`;
  const result = declaredToolSchema.safeParse(withInput(tool));
  if (!result.success) {
    problems.push(
      ...result.error.issues.map(({ path, message }) => ({ item, field: path.join("."), message })),
    );
    return [];
  }
  const checked = checkTool(result.data);
  // What the file says about a cart's input is wrong, whatever it says.
  const ofCart = cartProblems({ ...result.data, input: tool.input });
  problems.push(...[...ofCart, ...checked.problems].map((problem) => ({ item, ...problem })));
  return [checked.tool];
}

/** Calendars and order systems are asked the same way by every company, and carts are alike: their files say nothing about the input. */
function withInput(tool: DeclaredTool): DeclaredTool {
  if (tool.via?.kind === "ical") return { ...tool, input: tool.input ?? ICAL_INPUT };
  if (tool.via?.kind === "orders") return { ...tool, input: tool.input ?? ORDERS_INPUT };
  return withCartInput(tool);
}

/** Calendars of a company whose opening hours cannot be computed, without hours of their own. */
export function hoursProblems(tools: readonly DeclaredTool[], profile: CompanyProfile): ContentProblem[] {
  if (scheduleOf(profile) !== null) return [];
  return tools
    .filter(({ via }) => via.kind === "ical" && !via.hours)
    .map(({ name }) => ({
      item: `tools.${name}`,
      field: "via.hours",
      message: `is missing, and the company's hours cannot be computed: write "openingHours" in profile.json, or hours here`,
    }));
}
