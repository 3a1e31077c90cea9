import { expect, test } from "vitest";
import { isDataError } from "../../lib/telemetry/error-code.ts";
import type { Json } from "../../lib/types/json.ts";
import type { ToolCallRecord } from "../../lib/types/tools.ts";
import type { DraftInput, TurnRecord } from "../../lib/types/turn-store.ts";
import { describeStore } from "./describe-store.ts";
import { RECORD } from "./support.ts";

/** A draft with something in it that PostgreSQL cannot hold. */
type Draft = Partial<Omit<DraftInput, "record">> & { record?: Partial<TurnRecord> };

const toolCall = (over: Partial<ToolCallRecord>): Draft => ({
  toolCalls: [
    { name: "lookup", idempotencyKey: "k", input: null, output: null, ms: 1, failed: false, ...over },
  ],
});

function nested(depth: number): Json {
  let value: Json = null;
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}

const REFUSED: readonly [what: string, draft: Draft][] = [
  ["NUL in a tool's input", toolCall({ input: { query: "a\0b" } })],
  ["half a surrogate pair in a tool's output", toolCall({ output: ["\ud83d"] })],
  ["a tool's time beyond an integer", toolCall({ ms: 2 ** 31 })],
  ["NUL in a handoff's summary", { handoff: { reason: "other", summary: "a\0b" } }],
  ["a fraction of a token", { record: { inputTokens: 12.5 } }],
  ["more tokens than an integer holds", { record: { outputTokens: 5e9 } }],
  ["a cost beyond its column", { record: { costUsd: 1e12 } }],
  ["no number of rounds", { record: { rounds: Number.NaN } }],
  ["JSON deeper than JSON itself takes", toolCall({ output: nested(100_000) })],
];

describeStore("a draft refused for its data", (db) => {
  const failureOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => "no failure",
      (error: unknown) => error,
    );

  test.each(REFUSED)(
    "is told as such, and stands without it: %s",
    async (_what, { record: facts, ...draft }) => {
      const claim = await db.claim(await db.one());
      const failure = await failureOf(db.draft(claim, { ...draft, record: { ...RECORD, ...facts } }));
      expect(failure).toBeInstanceOf(Error);
      expect(isDataError(failure)).toBe(true);
      expect(await db.draft(claim)).toMatchObject({ outcome: "send" });
    },
  );

  test("is nothing else that may go wrong", async () => {
    const { sql } = db;
    await db.one();
    const failures = [
      failureOf(sql`select nothing from messages`),
      failureOf(sql`insert into tenants (phone_number_id) select phone_number_id from tenants`),
      failureOf(sql`insert into customers (tenant_id, phone) values (gen_random_uuid(), '51911111111')`),
      failureOf(sql`do $$ begin raise exception using errcode = '40001'; end $$`),
      failureOf(sql`do $$ begin raise exception using errcode = '55P03'; end $$`),
      failureOf(sql`do $$ begin raise exception using errcode = '57014'; end $$`),
    ];
    const codes = (await Promise.all(failures)).map((failure) => [
      failure instanceof Error,
      isDataError(failure),
    ]);
    expect(codes).toEqual(failures.map(() => [true, false]));
  });
});

test("neither a timeout, a lost connection nor a mistake of ours is a data error", () => {
  for (const error of [
    new DOMException("x", "TimeoutError"),
    Object.assign(new Error("x"), { code: "unreachable" }),
    new TypeError("x is not a function"),
    new Error("the database returned no row"),
    null,
  ])
    expect(isDataError(error)).toBe(false);
});
