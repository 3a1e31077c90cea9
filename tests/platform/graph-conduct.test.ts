import { expect, test } from "vitest";
import { ANA, NUMBER, OTHER_NUMBER, SECRET, startJudge, TOKEN, text } from "./graph-support.ts";

const HOUR_MS = 3_600_000;
const ANA_ID = "PE.13491208655302741918";
const reminder = { name: "reminder", language: "es", parameters: 2 };
const code = { name: "code", language: "es", parameters: 1, category: "authentication" as const };
const words = (...all: string[]) => all.map((one) => ({ type: "text", text: one }));
const use = (name: string, parameters: object[], language = "es", more: object[] = []) => ({
  type: "template",
  template: { name, language: { code: language }, components: [...more, { type: "body", parameters }] },
});

test("reports what is said after the window as failed with 131047, and takes templates all the same", async () => {
  const { graph, reports, clock, post } = await startJudge({ templates: [reminder] });
  graph.setWindow(ANA, clock.nowMs + HOUR_MS);
  await post(text("in time"));
  await graph.statusesReported();
  clock.nowMs += HOUR_MS;
  reports.length = 0;
  expect(await post(text("too late"))).toMatchObject({ code: 200 });
  await graph.statusesReported();
  expect(reports).toMatchObject([
    { status: "failed", errors: [{ code: 131047, title: "Re-engagement message" }] },
  ]);
  expect(await post(use("reminder", words("Ana", "5 pm")))).toMatchObject({ code: 200 });
  expect(graph.sent.map(({ failureCode }) => failureCode)).toEqual([null, 131047, null]);
});

test("refuses at once outside the window when asked, for that number only", async () => {
  const { graph, clock, post } = await startJudge({ closedWindow: "refuse" });
  graph.setWindow(ANA, null, NUMBER);
  expect(await post(text("a"))).toMatchObject({ code: 131047, status: 400 });
  expect(await post(text("a"), { number: OTHER_NUMBER })).toMatchObject({ code: 200 });
  graph.setWindow(ANA, clock.nowMs + 1, NUMBER);
  expect(await post(text("a"))).toMatchObject({ code: 200 });
});

test("knows one person by phone and by user id", async () => {
  const { graph, reports, post } = await startJudge({ closedWindow: "refuse" });
  graph.identify(ANA, ANA_ID);
  await post({ ...text("a"), to: undefined, recipient: ANA_ID });
  await graph.statusesReported();
  expect(reports[0]).toMatchObject({ recipient_id: ANA, recipient_user_id: ANA_ID });
  expect(await post(text("b"))).toMatchObject({ contacts: [{ wa_id: ANA, user_id: ANA_ID }] });
  graph.setWindow(ANA, null);
  expect(await post({ ...text("a"), to: undefined, recipient: ANA_ID })).toMatchObject({ code: 131047 });
});

test("takes 45 messages to one person in 6 s, then none until all of them were waited for", async () => {
  const { graph, clock, post } = await startJudge({ pairRate: true, statuses: "none" });
  for (let count = 0; count < 45; count++) expect(await post(text("a"))).toMatchObject({ code: 200 });
  expect(await post(text("a"))).toMatchObject({ code: 131056, status: 400 });
  expect(await post({ ...text("a"), to: "+51900000000" })).toMatchObject({ code: 200 });
  clock.nowMs += 45 * 6_000 - 1;
  expect(await post(text("a"))).toMatchObject({ code: 131056 });
  clock.nowMs += 1;
  expect(await post(text("a"))).toMatchObject({ code: 200 });
  clock.nowMs += 6_000;
  expect(await post(text("a"))).toMatchObject({ code: 200 });
  expect(graph.sent).toHaveLength(48);
});

test("takes as many messages a second as it may, in and out together, per number", async () => {
  const { graph, clock, post } = await startJudge({ throughput: 3, statuses: "none" });
  graph.noteInbound(NUMBER);
  expect([await post(text("a")), await post(text("b"))]).toMatchObject([{ code: 200 }, { code: 200 }]);
  expect(await post(text("c"))).toMatchObject({ code: 130429, status: 400 });
  expect(await post(text("c"), { number: OTHER_NUMBER })).toMatchObject({ code: 200 });
  clock.nowMs += 1_000;
  expect(await post(text("c"))).toMatchObject({ code: 200 });
});

test("reports messages to people who cannot be reached as failed, with the code that was set", async () => {
  const { graph, reports, post } = await startJudge();
  graph.setUndeliverable(ANA);
  await post(text("a"));
  graph.setUndeliverable(ANA, 131049);
  await post(text("b"));
  graph.setUndeliverable(ANA, null);
  await post(text("c"));
  await graph.statusesReported();
  const codes = reports.filter(({ status }) => status === "failed").map(({ errors }) => errors?.[0]?.code);
  expect(codes.sort()).toEqual([131026, 131049]);
  expect(graph.sent.at(-1)).toMatchObject({ text: "c", failureCode: null });
});

test("refuses the parts that are set, at once or in a report, for one customer or all", async () => {
  const { graph, reports, post } = await startJudge();
  const quoting = { ...text("a"), context: { message_id: "wamid.1" } };
  graph.setRefused([{ part: "quote", code: 131009, to: ANA, subcode: 2494010 }]);
  expect(await post(quoting)).toMatchObject({ code: 131009, status: 400 });
  expect(await post(text("a"))).toMatchObject({ code: 200 });
  graph.setRefused([{ part: "text", code: 131053, later: true }]);
  expect(await post(text("b"))).toMatchObject({ code: 200 });
  graph.setRefused([]);
  expect(await post(quoting)).toMatchObject({ code: 200 });
  await graph.statusesReported();
  const codes = reports.filter(({ status }) => status === "failed").map(({ errors }) => errors?.[0]?.code);
  expect(codes).toEqual([131053]);
});

const header = { ...reminder, name: "ticket", parameters: 0, header: "image" as const };
const picture = {
  type: "header",
  parameters: [{ type: "image", image: { link: "https://example.com/a.png" } }],
};

test.each<[string, number, object, Record<string, unknown>?]>([
  ["the template as it was approved", 200, use("reminder", words("Ana", "5 pm"))],
  ["a filled header", 200, use("ticket", [], "es", [picture])],
  ["a template nobody registered", 132001, use("reminders", words("Ana", "5 pm"))],
  ["a language it does not have", 132001, use("reminder", words("Ana", "5 pm"), "pt_BR")],
  ["one parameter of two", 132000, use("reminder", words("Ana"))],
  ["a parameter too many", 132000, use("reminder", words("Ana", "5 pm", "more"))],
  ["an empty header", 132000, use("ticket", [])],
  ["words for a picture", 132012, use("ticket", [], "es", [{ type: "header", parameters: words("a") }])],
  ["a payload in the body", 132012, use("reminder", [...words("a"), { type: "payload", payload: "b" }])],
  ["a line break in a parameter", 132018, use("reminder", words("Ana", "5\npm"))],
  ["a stopped template", 132015, use("stopped", words("Ana", "5 pm"))],
  ["a code to a phone", 200, use("code", words("1234"))],
  ["a code to a user id", 131062, use("code", words("1234")), { to: undefined, recipient: ANA_ID }],
])("answers %s with %i", async (_name, expected, template, to = {}) => {
  const stopped = { ...reminder, name: "stopped", stopped: "paused" as const };
  const { post } = await startJudge({ templates: [reminder, code, header, stopped] });
  expect(await post({ ...template, ...to })).toMatchObject({ code: expected });
});

test("has a token and a secret for each number", async () => {
  const { graph, reports, post } = await startJudge({
    accessTokens: { [OTHER_NUMBER]: "other-token" },
    appSecrets: { [OTHER_NUMBER]: "other-secret" },
  });
  expect(await post(text("a"), { number: OTHER_NUMBER })).toMatchObject({ code: 190, status: 401 });
  expect(await post(text("a"), { token: "other-token" })).toMatchObject({ code: 190, status: 401 });
  expect(await post(text("a"), { number: "999" })).toMatchObject({ code: 100 });
  await post(text("a"), { number: OTHER_NUMBER, token: "other-token" });
  await graph.statusesReported();
  await post(text("a"));
  await graph.statusesReported();
  expect(reports.map(({ secret }) => secret)).toEqual([
    ...Array(3).fill("other-secret"),
    ...Array(3).fill(SECRET),
  ]);
});

test("tells a number's facts, all of them or those that are asked for", async () => {
  const { graph } = await startJudge({ throughput: 1_000 });
  const facts = async (query: string) => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    return (await fetch(`${graph.url}/v26.0/${NUMBER}${query}`, { headers })).json();
  };
  expect(await facts("")).toMatchObject({ id: NUMBER, display_phone_number: "+1 555-000-1111" });
  expect(await facts("?fields=throughput,quality_rating")).toEqual({
    id: NUMBER,
    throughput: { level: "HIGH" },
    quality_rating: "GREEN",
  });
});
