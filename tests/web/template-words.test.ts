import { expect, it } from "vitest";
import type { ChatContent } from "../../contracts/chat.ts";
import { textOf } from "../../web/src/chat/summary.ts";
import { en } from "../../web/src/texts/en.ts";

const content: ChatContent = {
  ...{ kind: "template", name: "recordatorio", language: "es" },
  ...{ header: null, values: ["martes"], buttons: [] },
};

it.each([
  ["Le esperamos el martes.", "Le esperamos el martes."],
  ["【template recordatorio: martes】", null],
  [null, null],
])("of a template stored as %j a page shows %j", (text, shown) => {
  expect(textOf({ type: "template", text, content }, en)).toBe(shown);
});
