import fc from "fast-check";
import { expect, test } from "vitest";
import { redact, redactNumber } from "../../lib/telemetry/redact.ts";

test.each([
  ["to 51987654321 now", "to [number] now"],
  ["+51 987 654 321", "[number]"],
  ["+1 (555) 123-4567", "[number]"],
  ["٩٨٧٦٥٤٣٢١", "[number]"],
  ["wamid.HBgLNTE5ODc2NTQzMjEVAgASGBQ=", "[wamid]"],
  ["US.13491208655302741918", "US.[number]"],
  ["write to ana.perez+x@example.com.pe!", "write to [email]"],
  ["Authorization: Bearer abc.def-123", "Authorization: [token]"],
  ["key sk-proj-Ab12Cd34Ef56Gh78", "key [token]"],
  ["EAAGm0PX4ZCpsBAKZCabc123def456", "[token]"],
  ["0123456789abcdef0123456789abcdef", "[token]"],
  ["postgres://app:s3cret@db.example.com/x", "postgres://[token]@db.example.com/x"],
  ["https://hooks.slack.com/services/T0/B0/XYZ", "https://hooks.slack.com/[token]"],
  ["GET /webhook?hub.verify_token=mine&a=b", "GET /webhook?[query]"],
])("masks %j", (text, masked) => {
  expect(redact(text)).toBe(masked);
});

test.each([
  "gpt-4o-mini-2024-07-18",
  "01234567-0123-7012-8012-012345678901",
  "turn.finished",
  "http_429",
  "2026-11-22T20:36:10.123Z",
  "¿qué pasó?",
  "v24.0",
])("leaves %j as it is", (text) => {
  expect(redact(text)).toBe(text);
});

const digits = fc.stringMatching(/^[0-9]{7,15}$/);
const around = fc.string({ maxLength: 40 });

test("no run of seven digits survives, whatever stands around it", () => {
  fc.assert(
    fc.property(around, digits, around, (before, number, after) => {
      const masked = redact(`${before} ${number} ${after}`);
      expect(masked).not.toContain(number);
      expect(masked).not.toMatch(/\d{7}/);
    }),
  );
});

test("no address and no message id survives", () => {
  const id = fc.stringMatching(/^[A-Za-z0-9+/]{10,60}={0,2}$/);
  fc.assert(
    fc.property(around, id, fc.emailAddress(), around, (before, suffix, email, after) => {
      const masked = redact(`${before} wamid.${suffix} ${email} ${after}`);
      expect(masked).not.toContain(suffix);
      expect(masked).not.toContain(email);
    }),
  );
});

test("masks what straddles the bound, and keeps to 300 characters", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_500 }), digits, (length, number) => {
      const masked = redact(`${"x ".repeat(length)}${number}`);
      expect(masked.length).toBeLessThanOrEqual(300);
      expect(masked).not.toMatch(/\d{7}/);
    }),
  );
});

test("numbers that could be phone numbers become text, durations stay", () => {
  expect(redactNumber(51_987_654_321)).toBe("[number]");
  expect(redactNumber(604_800_000)).toBe(604_800_000);
  expect(redactNumber(0.25)).toBe(0.25);
});
