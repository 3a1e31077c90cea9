import { getEventListeners } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { shortFetch } from "../../host/short-fetch.ts";

let server: Server;
let url: string;
const ports: (number | undefined)[] = [];
beforeAll(async () => {
  server = createServer(async (request, response) => {
    ports.push(request.socket.remotePort);
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk;
    const path = request.url ?? "";
    if (path === "/hangs") return;
    if (path === "/cut")
      return void response
        .writeHead(200, { "content-length": 100 })
        .write("{", () => request.socket.destroy());
    if (path === "/moved") response.writeHead(302, { location: `${url}/echo` });
    if (path === "/nothing") response.writeHead(204);
    if (path === "/long") return void response.end("x".repeat(5 * 1024 * 1024));
    if (path === "/echo")
      response.writeHead(201, {
        "content-type": "application/json",
        "set-cookie": ["a=1", "b=2"],
        "retry-after": "7",
      });
    response.end(
      path === "/echo" ? JSON.stringify({ body, method: request.method, headers: request.headers }) : "",
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

const post = (path: string, signal: AbortSignal | null = null, body = "ñ🎉") =>
  shortFetch(url + path, { method: "POST", headers: { authorization: "Bearer x" }, body, signal });

test("sends a text and gives the answer with its status and headers, on a connection that is kept", async () => {
  const response = await post("/echo");
  expect(response.status).toBe(201);
  expect(response.headers.get("retry-after")).toBe("7");
  expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  expect(await response.json()).toMatchObject({
    body: "ñ🎉",
    method: "POST",
    headers: { authorization: "Bearer x", "content-length": "6" },
  });
  ports.length = 0;
  for (let time = 0; time < 3; time++) await (await post("/echo")).text();
  expect(new Set(ports).size).toBe(1);
});

test("gives the answer in every form that a response has, and once", async () => {
  const said = expect.stringContaining("ñ🎉");
  expect(await (await post("/echo")).text()).toEqual(said);
  const { body } = await post("/echo");
  expect(await new Response(body).text()).toEqual(said);
  expect(new TextDecoder().decode(await (await post("/echo")).arrayBuffer())).toEqual(said);
  expect(await (await (await post("/echo")).blob()).text()).toEqual(said);
  const twice = await post("/echo");
  expect(await twice.clone().text()).toEqual(said);
  expect(twice.bodyUsed).toBe(false);
  expect(await twice.text()).toEqual(said);
  expect(twice.bodyUsed).toBe(true);
  await expect(twice.text()).rejects.toThrow(TypeError);
  const read = await post("/echo");
  await read.json();
  for (const again of [() => read.json(), () => read.text(), () => read.arrayBuffer()])
    await expect(again()).rejects.toThrow(TypeError);
  const streaming = await post("/echo");
  const reader = streaming.body?.getReader();
  expect(streaming.bodyUsed).toBe(true);
  expect(new TextDecoder().decode((await reader?.read())?.value)).toEqual(said);
  expect(await reader?.read()).toMatchObject({ done: true });
});

test("leaves nothing on a signal that outlives the call", async () => {
  const controller = new AbortController();
  for (let time = 0; time < 3; time++) await (await post("/echo", controller.signal)).text();
  expect(getEventListeners(controller.signal, "abort")).toEqual([]);
});

test("follows no redirect and knows answers without a body", async () => {
  expect((await post("/moved")).status).toBe(302);
  const nothing = await post("/nothing");
  expect([nothing.status, nothing.body]).toEqual([204, null]);
});

test("rejects with the signal's reason when the time is over", async () => {
  await expect(post("/hangs", AbortSignal.timeout(50))).rejects.toMatchObject({ name: "TimeoutError" });
  await expect(post("/echo", AbortSignal.abort())).rejects.toMatchObject({ name: "AbortError" });
});

test("rejects as fetch does when there is no connection, and when it is cut or the answer is too long", async () => {
  const nobody = shortFetch("http://127.0.0.1:1/", { method: "POST", headers: {}, body: "x" });
  await expect(nobody).rejects.toMatchObject({ name: "TypeError", cause: { syscall: "connect" } });
  await expect(post("/cut")).rejects.toMatchObject({ name: "TypeError", cause: { code: "ECONNRESET" } });
  await expect(post("/long")).rejects.toThrow(TypeError);
});

test("leaves what is no short text to fetch", async () => {
  expect((await shortFetch(new URL(`${url}/echo`))).status).toBe(201);
  const streamed = await post("/echo", null, '{"stream":true}');
  expect(await streamed.json()).toMatchObject({ headers: { "accept-encoding": "gzip, deflate" } });
});
