/** What a tool's file may name instead of a secret. */

/** A variable of the deployment or a secret of the company, as the source of a pattern. */
const ONE = "\\$\\{(?:env:TOOL_[A-Z0-9_]{1,60}|secret:[A-Z][A-Z0-9_]{0,59})\\}";

/** All references that are as they should be. */
export const REFERENCES = new RegExp(ONE, "g");

/** Text that is one reference and nothing else. */
export const IS_REFERENCE = new RegExp(`^${ONE}$`);

/** A reference at the beginning. */
export const BEGINS_WITH_REFERENCE = new RegExp(`^${ONE}`);

/** How they are written, for messages. */
export const WAYS = `\${env:TOOL_…} or \${secret:…}`;

export const REFERENCE_FIX = `names something else than ${WAYS}: only A-Z, 0-9 and _ may follow TOOL_, or make the name of a secret`;
