/** `${env:TOOL_…}` in what a company declares. */

const VARIABLE = /\$\{env:([^}]{0,100})\}/g;

/** Only variables of this prefix can be named; all others belong to the deployment. */
const ALLOWED = /^TOOL_[A-Z0-9_]{1,60}$/;

/** Value of a variable of the environment; undefined when it is not set. */
export type ReadVariable = (name: string) => string | undefined;

/** A variable that a tool names and that is not there, with its fix; neither holds a value. */
export class MissingVariableError extends Error {
  override readonly name = "MissingVariableError";
  readonly variable: string;
  readonly fix: string;
  constructor(variable: string) {
    const fix = ALLOWED.test(variable)
      ? `set ${variable} in the environment, or take it out of the tool`
      : "name a variable that begins with TOOL_ and has only A-Z, 0-9 and _";
    super(`\${env:${variable}}: ${fix}`);
    this.variable = variable;
    this.fix = fix;
  }
}

/** `text` with the values of its variables. Throws MissingVariableError. */
export const withVariables = (text: string, read: ReadVariable): string =>
  text.replace(VARIABLE, (_, name: string) => variable(name, read));

/** Value of one variable. Throws MissingVariableError. */
export function variable(name: string, read: ReadVariable): string {
  const value = ALLOWED.test(name) ? read(name)?.trim() : undefined;
  if (!value) throw new MissingVariableError(name);
  return value;
}
