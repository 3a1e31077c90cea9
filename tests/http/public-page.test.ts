import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPublicFetch } from "../../host/public-fetch.ts";
import { isPublicAddress } from "../../lib/http/public/address.ts";
import { createPublicPage } from "../../lib/http/public/page.ts";
import { createResolver } from "../../lib/http/public/resolve.ts";

const server = createServer((request, response) => {
  asked.push(request.url ?? "");
  const path = request.url ?? "/";
  const to: Record<string, string> = {
    "/metadata": "http://169.254.169.254/latest/meta-data/",
    "/localhost": "http://localhost:1/",
    "/file": "file:///etc/passwd",
    "/round": "/round",
    "/once": "/page",
  };
  if (to[path]) return response.writeHead(302, { location: to[path] }).end();
  if (path === "/slow") return response.writeHead(200, { "content-type": "text/html" }).write("<p>");
  if (path === "/big")
    return response.writeHead(200, { "content-type": "text/html" }).end("x".repeat(3 * 1024 * 1024));
  if (path === "/image") return response.writeHead(200, { "content-type": "image/png" }).end("x");
  if (path === "/gone") return response.writeHead(404, { "content-type": "text/html" }).end("gone");
  if (path.startsWith("/dns")) {
    const { searchParams } = new URL(path, "http://dns");
    const data = searchParams.get("name") === "public.example" ? "93.184.215.14" : "10.0.0.7";
    const answers =
      searchParams.get("type") === "A"
        ? [
            { type: 5, data: "alias.example." },
            { type: 1, data },
          ]
        : [];
    return response
      .writeHead(200, { "content-type": "application/dns-json" })
      .end(JSON.stringify({ Answer: answers }));
  }
  response
    .writeHead(200, { "content-type": "text/html; charset=iso-8859-1" })
    .end(Buffer.from("<p>Envío</p>", "latin1"));
});
const asked: string[] = [];
let host = "";
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test("tells addresses of the internet from all others", () => {
  const publicly = [
    "93.184.215.14",
    "8.8.8.8",
    "172.32.0.1",
    "2606:2800:21f:cb07:6820:80da:af6b:8b2c",
    "::ffff:8.8.8.8",
  ];
  const privately = [
    ...[
      "0.0.0.0",
      "10.1.2.3",
      "100.64.0.1",
      "127.0.0.1",
      "169.254.169.254",
      "172.16.0.1",
      "172.31.255.255",
      "192.168.1.1",
    ],
    ...[
      "198.18.0.1",
      "224.0.0.1",
      "255.255.255.255",
      "::",
      "::1",
      "fe80::1",
      "fe80::1%eth0",
      "fc00::1",
      "fd12::1",
      "ff02::1",
    ],
    ...[
      "::ffff:127.0.0.1",
      "::ffff:7f00:1",
      "::ffff:10.0.0.1",
      "64:ff9b::7f00:1",
      "2002:7f00:1::",
      "2001:db8::1",
      "2001::1",
    ],
    ...[
      "",
      "localhost",
      "127.1",
      "0x7f000001",
      "2130706433",
      "1.2.3.4.5",
      "256.1.1.1",
      ":::",
      "1::2::3",
      "12345::",
      "::g",
    ],
  ];
  expect(publicly.filter((address) => !isPublicAddress(address))).toEqual([]);
  expect(privately.filter(isPublicAddress)).toEqual([]);
});

test("reads a page of an allowed host, and nothing of another, wherever it leads", async () => {
  const page = createPublicPage({ resolve: null, allowed: [host], fetch: createPublicFetch([host]) });
  expect(await page(`http://${host}/page`)).toEqual({ html: "<p>Envío</p>", kind: "html" });
  expect(await page(`http://${host}/once`)).toMatchObject({ kind: "html" });
  const refused = async (url: string) => {
    const answer = await page(url);
    return "refused" in answer ? answer.refused : answer.html;
  };
  expect(await refused(`http://${host}/metadata`)).toBe("private");
  expect(await refused(`http://${host}/localhost`)).toBe("private");
  expect(await refused(`http://${host}/file`)).toBe("address");
  expect(await refused(`http://${host}/round`)).toBe("redirects");
  expect(await refused(`http://${host}/big`)).toBe("too_large");
  expect(await refused(`http://${host}/image`)).toBe("kind");
  expect(await page(`http://${host}/gone`)).toEqual({ refused: "status", status: 404 });
  for (const url of [
    "http://127.0.0.1/",
    "http://[::1]/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://[::ffff:127.0.0.1]/",
  ])
    expect(await refused(url), url).toBe("private");
  for (const url of [
    "ftp://example.com/",
    "file:///etc/passwd",
    "http://user:pass@example.com/",
    "no address",
    "javascript:1",
  ])
    expect(await refused(url), url).toBe("address");
});

test("a name that leads to this machine is refused where the connection is made", async () => {
  const page = createPublicPage({ resolve: null, allowed: [], fetch: createPublicFetch([]) });
  const before = asked.length;
  expect(await page("http://localhost/page")).toEqual({ refused: "private" });
  expect(asked).toHaveLength(before);
});

test("where the platform has no resolver, every address that the DNS answers is looked at first", async () => {
  const seen: string[] = [];
  const fetcher: typeof fetch = async (input) => {
    seen.push(String(input));
    return new Response("<p>hello</p>", { headers: { "content-type": "text/html" } });
  };
  const page = createPublicPage({
    resolve: createResolver(`http://${host}/dns`),
    allowed: [],
    fetch: fetcher,
  });
  expect(await page("https://inside.example/")).toEqual({ refused: "private" });
  expect(seen).toEqual([]);
  expect(await page("https://public.example/")).toMatchObject({ kind: "html" });
  expect(seen).toEqual(["https://public.example/"]);
});
