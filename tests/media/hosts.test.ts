import { expect, test } from "vitest";
import { mayHaveToken } from "../../lib/media/file/hosts.ts";

const GRAPH = "https://graph.facebook.com";
const may = (address: string, more: string[] = [], graph = GRAPH) =>
  mayHaveToken(new URL(address), graph, more);

test.each([
  "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1&ext=2&hash=3",
  "https://LOOKASIDE.fbsbx.com/x",
  "https://lookaside.fbsbx.com:443/x",
  "https://graph.facebook.com/v26.0/1",
])("%s may have the token", (address) => {
  expect(may(address)).toBe(true);
});

test.each([
  "http://lookaside.fbsbx.com/x",
  "https://lookaside.fbsbx.com:8443/x",
  "https://lookaside.fbsbx.com.example/x",
  "https://evil-lookaside.fbsbx.com/x",
  "https://apps.fbsbx.com/x",
  "https://lookaside.fbsbx.com@evil.example/x",
  "https://graph.facebook.com@evil.example/x",
  "https://user:word@lookaside.fbsbx.com/x",
  "https://scontent.xx.fbcdn.net/x",
  "http://127.0.0.1/x",
  "http://169.254.169.254/latest/meta-data",
  "https://localhost/x",
  "ftp://lookaside.fbsbx.com/x",
  "file:///etc/passwd",
  "data:text/plain,x",
])("%s may not", (address) => {
  expect(may(address)).toBe(false);
});

test("hosts of one's own are added, exactly or with all below them", () => {
  const more = ["media.example.com", "*.fbcdn.net", "proxy.example:8443"];
  expect(may("https://media.example.com/x", more)).toBe(true);
  expect(may("https://a.media.example.com/x", more)).toBe(false);
  expect(may("https://scontent.xx.fbcdn.net/x", more)).toBe(true);
  expect(may("https://fbcdn.net/x", more)).toBe(false);
  expect(may("https://evilfbcdn.net/x", more)).toBe(false);
  expect(may("https://proxy.example:8443/x", more)).toBe(true);
  expect(may("https://proxy.example/x", more)).toBe(false);
  expect(may("http://media.example.com/x", more)).toBe(false);
});

test("plain http is for loopback, and only where the Graph API is there or the host was named", () => {
  expect(may("http://127.0.0.1:4000/x", [], "http://127.0.0.1:4000")).toBe(true);
  expect(may("http://localhost:4000/x", ["localhost:4000"])).toBe(true);
  expect(may("http://127.0.0.1:4001/x", [], "http://127.0.0.1:4000")).toBe(false);
  expect(may("http://graph.internal/x", [], "http://graph.internal")).toBe(false);
  expect(may("http://127.0.0.1.example/x", ["127.0.0.1.example"])).toBe(false);
});
