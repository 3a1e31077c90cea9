import { describe, expect, test } from "vitest";
import { ConfigurationError, parseEnv } from "../../lib/config/env.ts";
import { readSettings } from "../../scripts/doctor/settings.ts";

const GOOD = {
  WHATSAPP_APP_SECRET: "0123456789abcdef0123456789abcdef",
  WHATSAPP_VERIFY_TOKEN: "verify",
  WHATSAPP_ACCESS_TOKEN: "token",
  WHATSAPP_PHONE_NUMBER_ID: "1",
  OPENAI_API_KEY: "key",
  KV_REST_API_URL: "https://kv.example",
  KV_REST_API_TOKEN: "cache",
  POSTGRES_URL: "postgres://db.example/x",
  COMPANY_API_SECRET: "company",
  CRON_SECRET: "0123456789abcdef",
};

/** Problems of the valid settings with these changes. */
function problems(changes: Record<string, string>): string {
  try {
    parseEnv({ ...GOOD, ...changes });
    return "";
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
}

const ADDRESSES = {
  WHATSAPP_API_BASE_URL: "",
  OPENAI_BASE_URL: "/v1",
  KV_REST_API_URL: "",
  VERCEL_BLOB_API_URL: "/api/blob",
  COMPANY_API_URL: "/hook",
  OTEL_EXPORTER_OTLP_ENDPOINT: "",
  SLACK_WEBHOOK_URL: "/services/T0/B0/x",
  SENTRY_DSN: "/42",
};

describe.each(Object.entries(ADDRESSES))("%s", (variable, path) => {
  const at = (protocol: string, host: string) =>
    `${protocol}://${variable === "SENTRY_DSN" ? "key@" : ""}${host}${path}`;

  test.each([
    "collector:4318",
    "10.0.0.5",
    "example.com",
    "localhost.example.com",
    "127.0.0.1.example.com",
    "[fd00::1]:80",
  ])("in the clear to %s is refused, with the reason and the way out", (host) => {
    const said = problems({ [variable]: at("http", host) });
    expect(said).toMatch(new RegExp(`^${variable} is not valid: set it to .*http:// can be read on the way`));
    expect(said).toContain("ALLOW_HTTP_HOSTS");
    expect(said.split("\n")).toHaveLength(1);
    expect(said).not.toContain(host);
  });

  test.each(["localhost:9000", "api.localhost", "127.0.0.1:8080", "127.9.9.9", "[::1]:80"])(
    "in the clear to this very machine (%s) is fine",
    (host) => expect(problems({ [variable]: at("http", host) })).toBe(""),
  );

  test("in the clear to a host that is allowed by name is fine, to its neighbour not", () => {
    const ALLOW_HTTP_HOSTS = "Collector, 10.0.0.5:8080, 10.0.0.6:80, [fd00::1]";
    const said = (host: string) => problems({ ALLOW_HTTP_HOSTS, [variable]: at("http", host) });
    for (const host of ["collector:4318", "collector", "10.0.0.5:8080", "10.0.0.6", "[fd00::1]:81"])
      expect(said(host), host).toBe("");
    for (const host of ["my-collector", "collector.example.com", "10.0.0.5", "10.0.0.6:81", "[fd00::2]"])
      expect(said(host), host).toContain(variable);
  });

  test("with encryption may be anywhere", () =>
    expect(problems({ [variable]: at("https", "example.com") })).toBe(""));
});

test.each([
  ["WHATSAPP_APP_SECRET", 6],
  ["CRON_SECRET", 6],
  ["WHATSAPP_VERIFY_TOKEN", 4],
  ["KV_REST_API_TOKEN", 4],
  ["COMPANY_API_SECRET", 4],
])("%s needs %i characters", (variable, least) => {
  expect(problems({ [variable]: "x".repeat(least) })).toBe("");
  for (const short of ["x", "x".repeat(least - 1)]) {
    const said = problems({ [variable]: short });
    expect(said).toMatch(new RegExp(`^${variable} is not valid: .* under ${least} characters`));
  }
});

test("one short app secret beside a good one is refused, also of a further number", () => {
  expect(problems({ WHATSAPP_APP_SECRET: `${GOOD.WHATSAPP_APP_SECRET},x` })).toContain("WHATSAPP_APP_SECRET");
  const WHATSAPP_NUMBERS = JSON.stringify([{ phoneNumberId: "2", appSecret: ["long-enough", "x"] }]);
  expect(problems({ WHATSAPP_NUMBERS })).toMatch(
    /entry 1: appSecret must be a secret of 6 characters or more/,
  );
});

test("the doctor names secrets that are shorter than they should be, without keeping the bot from working", () => {
  const found = (changes: Record<string, string>) => {
    const { findings } = readSettings({ ...GOOD, ...changes });
    return findings.filter(({ status }) => status !== "ok").map(({ name, status }) => `${name} ${status}`);
  };
  expect(found({})).toEqual([]);
  expect(
    found({ WHATSAPP_APP_SECRET: `${GOOD.WHATSAPP_APP_SECRET},only-16-or-less`, CRON_SECRET: "eight-ch" }),
  ).toEqual(["WHATSAPP_APP_SECRET warning", "CRON_SECRET warning"]);
  expect(found({ WHATSAPP_APP_SECRET: "x" })).toEqual(["WHATSAPP_APP_SECRET failed"]);
  expect(found({ OPENAI_BASE_URL: "http://example.com/v1" })).toEqual(["OPENAI_BASE_URL failed"]);
});
