import { expect, test } from "vitest";
import { MAX_READING } from "../../lib/media/file/text.ts";
import { readPdf } from "../../lib/media/pdf/pdf.ts";
import { pdf } from "./pdfs.ts";

const read = (bytes: Uint8Array, signal = new AbortController().signal) => readPdf(bytes, signal);

test.each([0, 1, 2] as const)("the words are read page by page, compressed %i times", async (deflated) => {
  const bytes = pdf({ pages: ["Pedido 4711\nTotal S/ 25.50", "Gracias"], deflated });
  expect(await read(bytes)).toBe("Pedido 4711\nTotal S/ 25.50\n\nGracias");
});

test("a scan says nothing", async () => {
  expect(await read(pdf({ pages: ["", ""] }))).toBe("");
});

test("of a long one the first and the last pages are read, and the reader is told what is missing", async () => {
  const bytes = pdf({ pages: Array.from({ length: 25 }, (_, at) => `page ${at + 1}.`) });
  const text = await read(bytes);
  expect(text).toMatch(/^page 1\.\n\npage 2\./);
  expect(text).toMatch(/page 17\.\n\n【left out: 5 pages】\n\npage 23\.\n\npage 24\.\n\npage 25\.$/);
});

test("no more is kept than the bound", async () => {
  const lines = Array.from({ length: 50 }, (_, at) => `${at} ${"word ".repeat(12)}`).join("\n");
  const text = await read(pdf({ pages: Array.from({ length: 20 }, () => lines) }));
  expect(text.length).toBeLessThanOrEqual(MAX_READING);
  expect(text).toMatch(/^0 word/);
  expect(text).toMatch(/【left out: [\d,]+ characters】/);
  expect(text).toMatch(/49 (?:word ?)+$/);
});

test("one that is locked is not opened", async () => {
  await expect(read(pdf({ pages: ["secret"], locked: true }))).rejects.toMatchObject({
    reason: "unsupported",
    code: "pdf_locked",
  });
});

test.each([
  ["cut", pdf({ pages: ["words"] }).subarray(0, 300)],
  ["nothing but its name", Buffer.from("%PDF-1.7\n")],
  ["something else", Buffer.from("%PDF-1.7 <html>no</html>")],
])("one that is %s is not opened", async (_, bytes) => {
  await expect(read(bytes)).rejects.toMatchObject({ reason: "unsupported", code: "pdf_broken" });
});

test("a page that cannot be read does not spoil the others", async () => {
  const text = await read(pdf({ pages: ["first", Buffer.from("BT /F9 ((( ET"), "third"] }));
  expect(text).toContain("first");
  expect(text).toContain("third");
});

test("a file of 1 KB that unpacks to words without end is left when there are enough", async () => {
  // PDF.js alone takes minutes for it.
  const words = Buffer.from("BT /F1 12 Tf (aaaaaaaaaa) Tj ET ".repeat(3_000_000));
  const text = await read(pdf({ pages: [words], deflated: 2 }));
  expect(text.length).toBeLessThanOrEqual(MAX_READING);
});

test("others get their turn while a page is read", async () => {
  const lines = Array.from(
    { length: 6_000 },
    (_, at) => `1 0 0 1 ${50 + (at % 400)} ${800 - (at % 700)} Tm (a) Tj`,
  );
  const bytes = pdf({ pages: [Buffer.from(`BT /F1 12 Tf ${lines.join(" ")} ET`)] });
  await read(pdf({ pages: ["loads PDF.js"] }));
  let turns = 0;
  let reading = true;
  const turn = (): void => {
    turns++;
    if (reading) setImmediate(turn);
  };
  turn();
  await read(bytes);
  reading = false;
  // Without pauses there would be two or three; how many there are depends on how busy the machine is.
  expect(turns).toBeGreaterThan(20);
});

test("when the time is over it is left", async () => {
  const words = Buffer.from("BT /F1 12 Tf (a) Tj ET ".repeat(1_000_000));
  const stop = new AbortController();
  const reading = read(pdf({ pages: [words], deflated: 2 }), stop.signal);
  stop.abort();
  await expect(reading).rejects.toMatchObject({ reason: "timeout" });
});
