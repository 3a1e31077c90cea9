import { expect, test } from "vitest";
import { ANA, startJudge, text } from "./graph-support.ts";

const voice = { type: "audio", audio: { link: "https://example.com/a.ogg", voice: true } };
const reaction = { type: "reaction", reaction: { message_id: "wamid.a", emoji: "👍" } };

test.each([
  ["a text", "auto", text("a"), "sent delivered read"],
  ["a text, shuffled", "shuffled", text("a"), "read sent delivered sent"],
  ["a text, the last alone", "last", text("a"), "read"],
  ["a text, repeated", "repeated", text("a"), "sent sent delivered delivered read read"],
  ["a voice message", "auto", voice, "sent delivered read played"],
  ["a voice message, shuffled", "shuffled", voice, "played sent delivered read sent"],
  ["a reaction", "auto", reaction, "sent"],
  ["anything, when nothing is reported", "none", text("a"), ""],
] as const)("reports of %s", async (_name, statuses, body, expected) => {
  const { graph, reports, post } = await startJudge({ statuses });
  await post(body);
  await graph.statusesReported();
  expect(reports.map(({ status }) => status).join(" ")).toBe(expected);
});

test("says in each report whom it is about, what it costs, and our callback data", async () => {
  const { graph, reports, post } = await startJudge();
  await post({ ...text("a"), biz_opaque_callback_data: "ours" });
  await graph.statusesReported();
  expect(reports).toMatchObject(
    ["sent", "delivered", "read"].map((status) => ({
      id: graph.sent[0]?.waMessageId,
      status,
      recipient_id: ANA,
      biz_opaque_callback_data: "ours",
      timestamp: String(Date.UTC(2026, 10, 22) / 1000),
      pricing: { billable: true, pricing_model: "PMP", type: "regular", category: "service" },
      contacts: [{ wa_id: ANA }],
    })),
  );
});

test("bills a template by its category", async () => {
  const { graph, reports, post } = await startJudge({
    templates: [{ name: "offer", language: "es", parameters: 0, category: "marketing" }],
  });
  await post({ type: "template", template: { name: "offer", language: { code: "es" } } });
  await graph.statusesReported();
  expect(reports[0]?.pricing).toMatchObject({ category: "marketing" });
});

test("names nobody and no price in a failed report, whatever its code", async () => {
  const { graph, reports, post } = await startJudge({ statuses: "none" });
  await post(text("a"));
  await graph.report(graph.sent[0]?.waMessageId ?? "", "failed", 131999);
  expect(reports).toMatchObject([{ status: "failed", errors: [{ code: 131999, title: "Message failed" }] }]);
  expect(reports[0]).not.toHaveProperty("pricing");
  expect(reports[0]?.contacts).toBeUndefined();
});
