import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * A minimal Graph API with little cost of its own: accepts any message, with or without `+`, and reports its arrival. It
 * runs in the load's process, so that a reply is seen the moment it arrives.
 */
export interface BareGraph {
  url: string;
  /** Called with the phone (digits) of each message that arrives; read marks and typing are only counted. */
  onMessage: (phone: string) => void;
  /** Requests so far, of any kind. */
  trips(): number;
  close(): Promise<unknown>;
}

/** Listens on a free port of loopback. */
export async function startBareGraph(): Promise<BareGraph> {
  let trips = 0;
  const server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (chunk) => {
      text += chunk;
    });
    request.on("end", () => {
      trips += 1;
      const { to }: { to?: string } = JSON.parse(text);
      const phone = to?.replace("+", "");
      if (phone) graph.onMessage(phone);
      const sent = { messaging_product: "whatsapp", contacts: [{ input: to, wa_id: phone }] };
      const answer = phone ? { ...sent, messages: [{ id: `wamid.bench${trips}` }] } : { success: true };
      response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const graph: BareGraph = {
    url: `http://127.0.0.1:${port}`,
    onMessage: () => {},
    trips: () => trips,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
  return graph;
}
