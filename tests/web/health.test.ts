import { describe, expect, it } from "vitest";
import { readHealth } from "../../web/src/home/health.ts";

describe("readHealth", () => {
  it("reads the response of the health endpoint", () => {
    const body = {
      status: "degraded",
      checks: { database: { ok: true, ms: 3 }, cache: { ok: false, ms: 101 } },
    };
    expect(readHealth(body, true)).toEqual({
      status: "degraded",
      checks: [
        { name: "database", ok: true, ms: 3 },
        { name: "cache", ok: false, ms: 101 },
      ],
    });
  });

  it.each([
    [{ checks: { database: "ok", cache: false } }, true, "degraded"],
    [{ checks: { database: true } }, true, "ok"],
    [{ status: "pass" }, true, "ok"],
    [{}, false, "down"],
    [null, false, "down"],
    ["<html>", true, "ok"],
    [{ status: "down", checks: [1] }, false, "down"],
  ])("accepts %j", (body, httpOk, status) => {
    expect(readHealth(body, httpOk).status).toBe(status);
  });

  it("ignores impossible times", () => {
    expect(
      readHealth({ checks: { a: { ok: true, ms: -1 }, b: { ok: true, ms: "3" } } }, true).checks,
    ).toEqual([
      { name: "a", ok: true, ms: null },
      { name: "b", ok: true, ms: null },
    ]);
  });
});
