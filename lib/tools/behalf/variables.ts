/** `${env:TOOL_…}` and `${secret:…}` in what a company declares. */
import type { DeclaredTool } from "../../types/tools/declared.ts";

const REFERENCE = /\$\{(env|secret):([^}]{0,100})\}/g;

/** Only variables of this prefix can be named; all others belong to the deployment. */
const ALLOWED = /^TOOL_[A-Z0-9_]{1,60}$/;

/** Value of a variable of the environment; undefined when it is not set. */
export type ReadVariable = (name: string) => string | undefined;

/** What references of one tool stand for. */
export interface Values {
  env: ReadVariable;
  /** A secret of the company whose call it is. Throws MissingVariableError. */
  secret(name: string): string;
  /** Another one as soon as one of the secrets is set anew; says nothing about them. */
  stamp: string;
}

/** Something that a tool names and that is not there, with its fix; neither holds a value. */
export class MissingVariableError extends Error {
  override readonly name = "MissingVariableError";
  /** A variable's name, or `secret:` and a secret's. */
  readonly variable: string;
  readonly fix: string;
  constructor(variable: string, fix: string) {
    super(`${variable}: ${fix}`);
    this.variable = variable;
    this.fix = fix;
  }
}

/** `text` with the values of its references. Throws MissingVariableError. */
export const withVariables = (text: string, values: Values): string =>
  text.replace(REFERENCE, (_, kind: string, name: string) =>
    kind === "env" ? variable(name, values.env) : values.secret(name),
  );

/** Value of one variable. Throws MissingVariableError. */
export function variable(name: string, read: ReadVariable): string {
  const isAllowed = ALLOWED.test(name);
  const value = isAllowed ? read(name)?.trim() : undefined;
  if (value) return value;
  throw new MissingVariableError(
    name,
    isAllowed
      ? `set ${name} in the environment, or take it out of the tool`
      : "name a variable that begins with TOOL_ and has only A-Z, 0-9 and _",
  );
}

/** Names of the variables and of the secrets that a tool needs, each once. */
export function namedBy({ via }: Pick<DeclaredTool, "via">): { variables: string[]; secrets: string[] } {
  const headers = ("headers" in via && via.headers) || {};
  const context = ("context" in via && via.context) || "none";
  const found = [via.url, context, ...Object.values(headers)].flatMap((text) =>
    [...text.matchAll(REFERENCE)].map(([, kind, name = ""]) => ({ kind, name })),
  );
  if (context.startsWith("TOOL_")) found.push({ kind: "env", name: context });
  const of = (wanted: string) => [
    ...new Set(found.filter(({ kind }) => kind === wanted).map(({ name }) => name)),
  ];
  return { variables: of("env"), secrets: of("secret") };
}
