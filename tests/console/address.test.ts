import { expect, test } from "vitest";
import { clientAddress, noteClient } from "../../host/server/client-address.ts";
import { network } from "../../lib/console/access/attempts.ts";

test.each([
  ["203.0.113.9", "203.0.113.9"],
  ["::ffff:203.0.113.9", "203.0.113.9"],
  ["2001:db8:1:2:aaaa::1", "2001:db8:1:2"],
  ["2001:0DB8:1:2::", "2001:db8:1:2"],
  ["2001:db8::1", "2001:db8:0:0"],
  ["fe80::1%eth0", "fe80:0:0:0"],
  ["::1", "0:0:0:0"],
  ["not an address", "not an address"],
])("%s counts as %s", (address, expected) => {
  expect(network(address)).toBe(expected);
});

/** The address of a request that came over this socket with this X-Forwarded-For. */
function seen(socket: string, forwarded: string | null, hops: number): string | null {
  const request = new Request(
    "http://host/",
    forwarded === null ? {} : { headers: { "x-forwarded-for": forwarded } },
  );
  noteClient(request, socket, hops);
  return clientAddress(request);
}

test("a client's address is that of its socket, whatever it claims", () => {
  expect(seen("203.0.113.9", null, 0)).toBe("203.0.113.9");
  expect(seen("203.0.113.9", "198.51.100.1", 0)).toBe("203.0.113.9");
});

test("behind proxies it is what the outermost of them wrote, not what the client wrote before", () => {
  expect(seen("10.0.0.1", "198.51.100.1", 1)).toBe("198.51.100.1");
  expect(seen("10.0.0.1", "1.1.1.1, 198.51.100.1", 1)).toBe("198.51.100.1");
  expect(seen("10.0.0.1", "1.1.1.1, 198.51.100.1, 10.0.0.2", 2)).toBe("198.51.100.1");
  expect(seen("203.0.113.9", null, 1)).toBe("203.0.113.9");
});

test("a proxy on this machine that nobody has configured stands for nobody", () => {
  expect(seen("127.0.0.1", "198.51.100.1", 0)).toBe(null);
  expect(seen("::ffff:127.0.0.1", "198.51.100.1", 0)).toBe(null);
});
