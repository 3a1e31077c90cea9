import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isLoop, MAX_ROUNDS, MAX_SHORT_ROUNDS, repeatWith } from "../../lib/turn/answer/repeat.ts";
import type { StoredMessage } from "../../lib/types/conversation.ts";
import type { Json } from "../../lib/types/json.ts";
import type { Repeat } from "../../lib/types/turn-store.ts";

const MINUTE_MS = 60_000;
const HISTORY = 10;

/** Messages of one customer in a round, and the time since the last reply. */
interface Round {
  says: Partial<StoredMessage>[];
  afterMs?: number;
  /** Our reply; a new one when absent. */
  answer?: string;
}

const words = (...texts: string[]): Round => ({ says: texts.map((text) => ({ type: "text", text })) });

const message = (more: Partial<StoredMessage>): StoredMessage => ({
  id: crypto.randomUUID(),
  direction: "in",
  waMessageId: null,
  type: "text",
  text: null,
  content: null,
  about: null,
  reading: null,
  quoted: null,
  opt: null,
  timestampMs: 0,
  ...more,
});

/** Rounds that are answered as usual, of these: all, or those before the first that is one too many. */
function answered(rounds: readonly Round[], given: Repeat | null = null): number {
  let history: StoredMessage[] = [];
  let repeat = given;
  let timestampMs = 1_800_000_000_000;
  for (const [at, { says, afterMs = MINUTE_MS, answer = `Respuesta número ${at}: cuesta S/ ${at}.` }] of [
    ...rounds.entries(),
  ]) {
    timestampMs += afterMs;
    const pending = says.map((said) => message({ ...said, timestampMs }));
    const claim = { pending, history, repeat, attempts: 0 };
    repeat = repeatWith(claim);
    if (repeat && isLoop(claim, repeat)) return at;
    timestampMs += 2_000;
    const reply = message({ direction: "out", text: answer, timestampMs });
    history = [...history, ...pending, reply].slice(-HISTORY);
  }
  return rounds.length;
}

const times = <T>(count: number, made: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => made(at));
const AWAY = "Gracias por escribirnos. Nuestro horario es de lunes a viernes de 9 a 18 h.";
const photo = (sha256: string, at: number) => ({
  says: [{ type: "image", text: null, content: { id: `media-${at}`, sha256 } as Json }],
});

describe("goes on for a few rounds and then ends", () => {
  test.each<[string, (at: number) => Round]>([
    ["an auto-responder", () => words(AWAY)],
    ["a short word", () => words("hola")],
    ["the same in other letters and spaces", (at) => words(at % 2 ? "  HOLA,  señor " : "hola, senor")],
    ["the same in two messages", () => words("Recibimos tu mensaje.", "Te contactaremos pronto.")],
    ["more and more of the same at once", (at) => words(...times(at + 1, () => "hola"))],
    ["the same file under new ids", (at) => photo("q83v", at)],
    ["the same place", () => ({ says: [{ type: "location", content: { latitude: 1, longitude: 2 } }] })],
  ])("%s", (_name, round) => {
    expect(answered(times(50, round))).toBe(MAX_ROUNDS);
  });

  test.each([2, 3, 4])("%d long texts by turns", (many) => {
    const rounds = times(50, (at) => words(`${AWAY} Mensaje automático ${at % many}.`));
    // Each is new once.
    expect(answered(rounds)).toBe(many + MAX_ROUNDS - 1);
  });

  test.each<[string, (ours: string) => string]>([
    ["our own words", (ours) => ours],
    ["our own words in others", (ours) => `You said: "${ours}" - is that right?`],
    ["our own words in capitals", (ours) => ours.toUpperCase()],
    ["our own words by turns with an old text", (ours) => (ours.includes("3") ? AWAY : ours)],
  ])("%s", (_name, echo) => {
    const ours = (at: number) =>
      `Tenemos ponchos de alpaca desde S/ ${at + 10}, ¿qué talla buscas? 【list: S | M】`;
    const rounds = times(50, (at) => ({
      ...words(at === 0 ? AWAY : echo(ours(at - 1).split(" [")[0] ?? "")),
      answer: ours(at),
    }));
    expect(answered(rounds)).toBe(MAX_ROUNDS);
  });

  test.each(["ok", "no", "sí", "1", "👍"])("an answer that fits many questions, after more: %s", (text) => {
    expect(answered(times(50, () => words(text)))).toBe(MAX_SHORT_ROUNDS);
  });
});

describe("a person is not taken for a loop", () => {
  test.each<[string, Round[]]>([
    ["who says hello each morning", times(60, () => ({ ...words("hola"), afterMs: 24 * 60 * MINUTE_MS }))],
    [
      "who asks twice, since the answer was bad",
      [
        words("¿Cuánto cuesta el envío a Lima?"),
        words("¿Cuánto cuesta el envío a Lima?"),
        words("Y a Cusco?"),
      ],
    ],
    [
      "who comes back to the same question",
      times(30, (at) => words(at % 3 ? `¿Y la talla ${at}?` : "¿Hay descuento?")),
    ],
    ["who answers a form", times(24, (at) => words(["sí", "no", "2", "ok", "no", "sí"][at % 6] ?? ""))],
    ["who says a little by turns", times(24, (at) => words(at % 2 ? "la talla M" : "la talla S"))],
    [
      "who taps the same button",
      times(50, () => ({ says: [{ type: "interactive", text: "Ver más opciones de ponchos" }] })),
    ],
    ["who sends many photos", times(50, (at) => photo(`digest-${at}`, at))],
    [
      "who sends photos without a digest",
      times(50, (at) => ({ says: [{ type: "image", content: { id: `m${at}` } }] })),
    ],
    ["who restores messages", times(50, () => ({ says: [{ type: "text", text: "alta", opt: "start" }] }))],
    ["who names one order after the other", times(50, (at) => words(`¿Dónde está mi pedido ${1_000 + at}?`))],
    ["who quotes a word of ours", times(50, (at) => words(`¿y qué talla buscas? ${at}`))],
  ])("%s", (_name, rounds) => {
    expect(answered(rounds)).toBe(rounds.length);
  });

  test("whatever they say, if each time it is something else", () => {
    const texts = fc.uniqueArray(fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }), {
      minLength: 6,
      maxLength: 40,
      selector: (text) =>
        text
          .normalize("NFD")
          .replace(/\p{M}+/gu, "")
          .toLowerCase()
          .replace(/\s+/g, " ")
          .trim(),
    });
    fc.assert(
      fc.property(texts, (all) => {
        const rounds = all.map((text) => ({
          ...words(text),
          answer: "¿Algo más en lo que pueda ayudarte hoy?",
        }));
        expect(answered(rounds)).toBe(rounds.length);
      }),
    );
  });
});

test("something new in between begins the count again", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: MAX_ROUNDS - 1 }), { maxLength: 10 }), (runs) => {
      const rounds = runs.flatMap((length, at) => [
        words(`Pregunta nueva ${at}`),
        ...times(length, () => words(AWAY)),
      ]);
      expect(answered(rounds)).toBe(rounds.length);
    }),
  );
});

test("after a person had the conversation the count begins anew", () => {
  const repeat = repeatWith({
    pending: [message({ text: AWAY })],
    history: [message({ text: AWAY })],
    repeat: null,
    attempts: 0,
  });
  expect(repeat?.count).toBe(1);
});

test("a round that was overtaken by more of the same is counted once", () => {
  const history = [message({ text: AWAY })];
  const round = { pending: [message({ text: AWAY })], history, attempts: 0 };
  const first = repeatWith({ ...round, repeat: { key: "", count: 1, atOnce: 0 } });
  expect(first?.count).toBe(2);
  expect(repeatWith({ ...round, repeat: first, attempts: 1 })?.count).toBe(2);
});

test("what is kept holds nobody's words", () => {
  const repeat = repeatWith({
    pending: [message({ text: "mi clave es 1234" })],
    history: [],
    repeat: null,
    attempts: 0,
  });
  expect(repeat?.key).toMatch(/^[0-9a-f]{16}$/);
});
