/** The only reader of the environment. Reports all problems at once, each with its variable and fix. */
import type { z } from "zod";
import { isExposed } from "./plain-http.ts";
import { ADDRESSES, VARIABLES, type Variables } from "./variables.ts";

/** The parsed environment: one key per variable of docs/configuration.md. */
export type Env = { [Name in keyof Variables]: z.output<Variables[Name][0]> };

/** One variable that is missing or invalid, and its fix. */
export interface Problem {
  variable: string;
  problem: "is missing" | "is not valid";
  fix: string;
}

/** Lists every variable that is missing or invalid with its fix; never holds a value. */
export class ConfigurationError extends Error {
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(
      problems.map(({ variable, problem, fix }) => `${variable} ${problem}: set it to ${fix}`).join("\n"),
    );
    this.name = "ConfigurationError";
    this.problems = problems;
  }
}

/** Parses all variables. An empty value counts as unset. Throws one ConfigurationError that lists all problems. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const problems: Problem[] = [];
  const parsed: Record<string, unknown> = {};
  for (const variable of Object.keys(VARIABLES) as (keyof Variables)[]) {
    const read = parsedOrProblem(variable, source[variable]);
    if ("problem" in read) problems.push(read);
    else parsed[variable] = read.value;
  }
  if (listsFirstAgain(parsed)) {
    const fix = `${VARIABLES.WHATSAPP_NUMBERS[1]}; leave out the number of WHATSAPP_PHONE_NUMBER_ID`;
    problems.push({ variable: "WHATSAPP_NUMBERS", problem: "is not valid", fix });
  }
  for (const variable of exposed(parsed)) {
    const fix = `${VARIABLES[variable][1]}; http:// can be read on the way: use https://, or add its host to ALLOW_HTTP_HOSTS if the network is yours`;
    problems.push({ variable, problem: "is not valid", fix });
  }
  if (parsed.COMPANY_API_URL && !parsed.COMPANY_API_SECRET) {
    problems.push({
      variable: "COMPANY_API_SECRET",
      problem: "is missing",
      fix: VARIABLES.COMPANY_API_SECRET[1],
    });
  }
  if (problems.length > 0) throw new ConfigurationError(problems);
  return parsed as Env;
}

/** One variable alone, for a command that needs no others. Throws ConfigurationError. */
export function parseVariable<Name extends keyof Variables>(
  name: Name,
  source: Record<string, string | undefined>,
): Env[Name] {
  const read = parsedOrProblem(name, source[name]);
  if ("problem" in read) throw new ConfigurationError([read]);
  return read.value as Env[Name];
}

function parsedOrProblem(variable: keyof Variables, given: string | undefined): { value: unknown } | Problem {
  const [schema, fix] = VARIABLES[variable];
  const raw = given?.trim() || undefined;
  const result = schema.safeParse(raw);
  if (result.success) return { value: result.data };
  if (raw === undefined) return { variable, problem: "is missing", fix };
  return { variable, problem: "is not valid", fix: [fix, ...remarks(result.error)].join("; ") };
}

/** Messages of this project's own checks; other issues could quote the value. */
function remarks(error: z.ZodError): string[] {
  return [...new Set(error.issues.flatMap(({ code, message }) => (code === "custom" ? [message] : [])))];
}

function exposed(parsed: Partial<Env>): (typeof ADDRESSES)[number][] {
  return ADDRESSES.filter((name) => isExposed(parsed[name] ?? "", parsed.ALLOW_HTTP_HOSTS ?? []));
}

function listsFirstAgain(parsed: Partial<Env>): boolean {
  const first = parsed.WHATSAPP_PHONE_NUMBER_ID;
  return parsed.WHATSAPP_NUMBERS?.some(({ phoneNumberId }) => phoneNumberId === first) ?? false;
}

/** Parsed environment of this process. Throws ConfigurationError. */
export function readEnv(): Env {
  return parseEnv(process.env);
}

/** Variable of this process that tools of companies may name; undefined for all others. */
export const readToolVariable = (name: string): string | undefined =>
  name.startsWith("TOOL_") ? process.env[name] : undefined;
