import { foldText } from "../../../lib/language/fold.ts";
import { isShippedTool } from "../../../tools/registry.ts";
import type { Answer, ParsedRequest } from "../protocol/request.ts";
import type { Brief } from "./brief.ts";
import { kindOf, type Property, valueIn } from "./fields.ts";
import { PHRASES } from "./phrases/phrases.ts";

/** A tool that the company declares, as it was sent. */
interface Declared {
  name: string;
  properties: Record<string, Property>;
  required: readonly string[];
}

/** Calls the first declared tool whose input the customer has given, or asks for what is missing; null when there is none to call. */
export function callDeclared(brief: Brief, { tools, inputs }: ParsedRequest): Answer | null {
  const declared = tools
    .filter((name) => !isShippedTool(name))
    .map((name) => declaredOf(name, inputs[name]))
    .filter((tool) => isMeant(tool, brief));
  if (declared.length === 0 || declared.some(({ name }) => brief.results.some(({ tool }) => tool === name)))
    return null;
  const tried = declared.map((tool) => ({ tool, input: inputOf(tool, brief) }));
  const ready = tried.find(({ tool, input }) => missingOf(tool, input).length === 0);
  if (ready) return { toolCalls: [{ name: ready.tool.name, arguments: JSON.stringify(ready.input) }] };
  const [nearest] = tried.sort(
    (one, other) => missingOf(one.tool, one.input).length - missingOf(other.tool, other.input).length,
  );
  const [missing] = nearest ? missingOf(nearest.tool, nearest.input) : [];
  const property = missing === undefined ? undefined : nearest?.tool.properties[missing];
  return property ? { text: PHRASES[brief.language].missing[kindOf(property)] } : null;
}

const ADDRESS = /\b(direccion|address|endereco)\b/;

/** A field of free words fits any message, so its name must be what the message is about: an address. */
const isMeant = ({ properties }: Declared, { text }: Brief): boolean =>
  !Object.values(properties).some((property) => kindOf(property) === "words") || ADDRESS.test(foldText(text));

/** What a declared tool answered, in words: its values as they are. */
export function describeAnswer(result: unknown, { language }: Brief): string {
  const { found, nothingThere } = PHRASES[language];
  const lines = linesOf(result);
  return lines.length === 0 ? nothingThere : [found, ...lines].join("\n");
}

function linesOf(value: unknown): string[] {
  if (Array.isArray(value)) {
    const plain = value.filter((item) => typeof item !== "object");
    return plain.length === value.length
      ? value.length > 0
        ? [plain.join(", ")]
        : []
      : value.map((item) => `• ${linesOf(item).join(" — ")}`);
  }
  if (typeof value === "object" && value !== null) {
    const parts = Object.values(value).map(linesOf);
    return parts.some((lines) => lines.length === 0) ? [] : parts.flat();
  }
  return value === null || value === "" ? [] : [String(value)];
}

function declaredOf(name: string, schema: Record<string, unknown> = {}): Declared {
  const { properties = {}, required = [] } = schema as Partial<Declared>;
  return { name, properties, required };
}

const missingOf = ({ required }: Declared, input: Record<string, unknown>): string[] =>
  required.filter((field) => input[field] === undefined);

/** Each field by the customer's last words, else by earlier ones. */
function inputOf({ properties }: Declared, { text, earlier, today }: Brief): Record<string, unknown> {
  const words = [text, ...earlier.toReversed()];
  return Object.fromEntries(
    Object.entries(properties).flatMap(([field, property]) => {
      const value = words.map((said) => valueIn(said, property, today)).find((found) => found !== undefined);
      return value === undefined ? [] : [[field, value]];
    }),
  );
}
