import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseInline, parseMessage, plainText } from "../../web/src/chat/text/formatting.ts";

const text = (value: string) => ({ kind: "text", text: value });

describe("parseInline", () => {
  it("reads bold, italic, strike and code", () => {
    expect(parseInline("*a* _b_ ~c~ `d` ```e```")).toEqual([
      { kind: "bold", children: [text("a")] },
      text(" "),
      { kind: "italic", children: [text("b")] },
      text(" "),
      { kind: "strike", children: [text("c")] },
      text(" "),
      { kind: "code", text: "d" },
      text(" "),
      { kind: "code", text: "e" },
    ]);
  });

  it("nests marks", () => {
    expect(parseInline("*_a_ b*")).toEqual([
      { kind: "bold", children: [{ kind: "italic", children: [text("a")] }, text(" b")] },
    ]);
  });

  it.each(["2 * 3 * 4", "snake_case_name", "~80 soles", "* a*", "*", "a*b*c", "``"])(
    "leaves %s as it was typed",
    (typed) => {
      expect(parseInline(typed)).toEqual([text(typed)]);
    },
  );

  it("links web addresses only, without the punctuation that follows", () => {
    expect(parseInline("(https://tambo.example/a_b_c?x=1).")).toEqual([
      text("("),
      { kind: "link", text: "https://tambo.example/a_b_c?x=1", href: "https://tambo.example/a_b_c?x=1" },
      text(")."),
    ]);
    expect(parseInline("javascript:alert(1) data:text/html,x")).toEqual([
      text("javascript:alert(1) data:text/html,x"),
    ]);
  });
});

describe("parseMessage", () => {
  it("reads lists, quotes and monospace blocks among lines", () => {
    const blocks = parseMessage("Hola\n\n- a\n* b\n1. c\n2. d\n> e\n```\nf\n g\n```\nfin");
    expect(blocks.map((block) => block.kind)).toEqual([
      "lines",
      "bullets",
      "numbers",
      "quote",
      "mono",
      "lines",
    ]);
    expect(blocks[0]).toEqual({ kind: "lines", lines: [[text("Hola")]] });
    expect(blocks[1]).toMatchObject({ items: [[text("a")], [text("b")]] });
    expect(blocks[2]).toMatchObject({ first: 1, items: [[text("c")], [text("d")]] });
    expect(blocks[4]).toEqual({ kind: "mono", text: "f\n g" });
  });

  it("keeps blank lines between paragraphs", () => {
    expect(parseMessage("a\n\nb")).toEqual([{ kind: "lines", lines: [[text("a")], [], [text("b")]] }]);
  });

  it("leaves an unclosed block as it was typed", () => {
    expect(parseMessage("```a\nb")).toEqual([{ kind: "lines", lines: [[text("```a")], [text("b")]] }]);
  });

  it("loses no letter or digit of any message", () => {
    // fast-check names its seed when it fails.
    const pieces = fc.constantFrom(
      "*",
      "_",
      "~",
      "`",
      "```",
      "\n",
      "> ",
      "- ",
      "1. ",
      " ",
      "a",
      "ñ",
      "😀",
      "https://a.b/c",
    );
    const letters = (value: string) => value.replace(/[^\p{L}\p{Emoji_Presentation}]/gu, "");
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (typed) => {
        const message = typed.join("");
        return letters(plainText(message)) === letters(message);
      }),
    );
  });
});

describe("plainText", () => {
  it("returns one line without marks", () => {
    expect(plainText("*Hola*\n\n- _uno_\n- dos\n> `tres`")).toBe("Hola uno dos tres");
  });
});
