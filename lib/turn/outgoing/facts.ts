import { type Address, addressesIn, withoutPunctuation } from "./addresses.ts";
import { isKnownPhone, knownPhonesIn } from "./phones.ts";
import { see, withoutMarks } from "./seen.ts";

/** Addresses and phone numbers that the company itself has named. */
export interface Facts {
  /** Full addresses without scheme and `www.`, e-mail addresses, and other links unchanged. */
  addresses: ReadonlySet<string>;
  hosts: ReadonlySet<string>;
  phones: ReadonlySet<string>;
}

/** Hosts shared by many owners: there the full address has to be known. */
const SHARED = new Set(
  `wa.me wa.link whatsapp.com api.whatsapp.com chat.whatsapp.com web.whatsapp.com t.me telegram.me m.me
  facebook.com fb.com fb.me m.facebook.com instagram.com ig.me x.com twitter.com tiktok.com vm.tiktok.com
  youtube.com youtu.be linkedin.com linktr.ee bit.ly tinyurl.com goo.gl maps.app.goo.gl cutt.ly rebrand.ly
  google.com maps.google.com docs.google.com drive.google.com sites.google.com forms.gle forms.office.com
  calendly.com paypal.me paypal.com mpago.la mercadopago.com github.com github.io vercel.app netlify.app
  web.app pages.dev workers.dev ngrok.io gmail.com hotmail.com outlook.com yahoo.com icloud.com`.split(/\s+/),
);

/** The facts in these texts of the company. */
export function factsIn(texts: readonly string[]): Facts {
  const [addresses, hosts, phones] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const text of texts) {
    const seen = see(text);
    const found = addressesIn(seen);
    for (const address of found) {
      const source = text.slice(seen.at(address.start), seen.at(address.end));
      if (address.kind === "joint") continue;
      if (address.kind !== "url") addresses.add(canonical(source));
      const parts = partsOf(address.kind === "email" ? source.slice(source.lastIndexOf("@") + 1) : source);
      if (!parts) continue;
      addresses.add(parts.host + parts.path).add(parts.host + parts.path + parts.query);
      hosts.add(parts.host);
    }
    for (const number of knownPhonesIn(seen)) phones.add(number);
  }
  return { addresses, hosts, phones };
}

/** True when the company has named this address (its host or `www.` of it; not another subdomain). */
export function isKnownAddress(kind: Address["kind"], source: string, facts: Facts): boolean {
  if (kind === "joint") return false;
  const text = canonical(source);
  if (kind === "email") return facts.addresses.has(text);
  if (kind === "opaque") {
    const [, scheme = "", rest = ""] = /^([a-z]+):(.*)$/su.exec(text) ?? [];
    if (scheme === "mailto") return facts.addresses.has(rest);
    if (/^(?:tel|sms|smsto|callto)$/.test(scheme) && /^[+\d\s().-]+$/.test(rest))
      return isKnownPhone(rest.replace(/\D/g, ""), facts.phones);
    return facts.addresses.has(text);
  }
  const parts = partsOf(source);
  if (!parts) return false;
  const { host, path, query } = parts;
  if (facts.addresses.has(host + path + query)) return true;
  if (host === "wa.me" && query === "") return isKnownPhone(path.replace(/\D/g, ""), facts.phones);
  // An address within the address may redirect.
  return facts.hosts.has(host) && !SHARED.has(host) && !/(?:\/\/|%2f%2f|\\\\)/i.test(path + query);
}

/** Lower case, without formatting marks, and with a full stop for what people write instead of one. */
function canonical(source: string): string {
  return withoutPunctuation(withoutMarks(source))
    .normalize("NFKC")
    .replace(/ ?[[({] ?(?:\.|dot|punto|ponto) ?[\])}] ?| +(?:dot|punto|ponto) +/giu, ".")
    .replace(/ ?[[({] ?(?:@|at|arroba) ?[\])}] ?/giu, "@")
    .toLowerCase();
}

/** Parsed as a browser would; null when it would not. */
function partsOf(source: string): { host: string; path: string; query: string } | null {
  const text = withoutPunctuation(withoutMarks(source)).replace(
    /^(?:https?|hxxps?|ftp):(?=[/\\])/iu,
    "https:",
  );
  if (/^[a-z][a-z0-9+.-]*:[/\\]/iu.test(text) && !/^https:/iu.test(text)) return null;
  const bare = /^https:/iu.test(text)
    ? text
    : `https://${canonical(text.replace(/[/?#].*$/su, ""))}${/[/?#].*$/su.exec(text)?.[0] ?? ""}`;
  try {
    const { hostname, port, username, pathname, search, hash } = new URL(bare);
    // A user name before the @ makes it look like another host.
    if (username !== "") return null;
    const host = hostname.replace(/^www\./, "").replace(/\.$/, "") + (port && `:${port}`);
    return { host, path: pathname.replace(/\/+$/, ""), query: search + hash };
  } catch {
    return null;
  }
}
