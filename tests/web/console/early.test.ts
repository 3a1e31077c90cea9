import { afterEach, expect, it, vi } from "vitest";
import { askEarly, forgetEarly, takeEarly } from "../../../web/src/console/client/early.ts";
import { firstPaths } from "../../../web/src/console/first-paths.ts";

const TENANT = "5b0c6f3e-7a53-4f0a-9a0e-0f4b3f9f2c11";
const ID = "0b0c6f3e-7a53-4f0a-9a0e-0f4b3f9f2c12";
const own = (path: string) => `/t/${TENANT}${path}`;

afterEach(() => vi.unstubAllGlobals());

it("asks for what the first view of an address shows", () => {
  const inbox = ["/session", own("/start"), own("/conversations?list=waiting"), own("/settings")];
  expect(firstPaths(`/console/${TENANT}/inbox`, "", null)).toEqual(inbox);
  expect(firstPaths("/console", "", TENANT)).toEqual(inbox);
  expect(firstPaths("/console/", "", null)).toEqual(["/session"]);
  expect(firstPaths(`/console/${TENANT}/inbox/all/${ID}`, "?tag=vip", null)).toEqual([
    "/session",
    own("/start"),
    own("/conversations?list=all&tag=vip"),
    own("/settings"),
    own(`/conversations/${ID}`),
  ]);
  expect(firstPaths(`/console/${TENANT}/team`, "", null)).toEqual(["/session", own("/start")]);
  expect(firstPaths("/console/account", "", TENANT)).toEqual(["/session"]);
  expect(firstPaths("/console/sign-in", "", TENANT)).toEqual([]);
  expect(firstPaths("/console/invitation", "", TENANT)).toEqual([]);
});

it("gives an early answer once, and none that is old or was never asked for", async () => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string, { headers }: { headers: Record<string, string> }) => {
    asked.push(`${url} ${headers["x-chasqui-console"]}`);
    return new Response(url);
  });
  let nowMs = 0;
  vi.stubGlobal("performance", { now: () => nowMs });
  askEarly(["/session", "/t/1/start"]);
  expect(asked).toEqual(["/api/console/session 1", "/api/console/t/1/start 1"]);
  expect(await (await takeEarly("/session"))?.text()).toBe("/api/console/session");
  expect(takeEarly("/session")).toBeNull();
  expect(takeEarly("/t/1/settings")).toBeNull();
  askEarly(["/t/1/settings"]);
  forgetEarly();
  expect(takeEarly("/t/1/settings")).toBeNull();
  askEarly(["/t/1/start"]);
  nowMs = 11_000;
  expect(takeEarly("/t/1/start")).toBeNull();
});
