/** Addresses of the open internet, told apart from those of machines, networks and clouds of one's own (IANA's special registries). */

/** Blocks that are not public. */
const PRIVATE_4 = (
  "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 " +
  "192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3"
)
  .split(" ")
  .map((block) => block.split("/"))
  .map(([address = "", bits]) => ({ first: numberOf4(address) ?? 0, shift: 32 - Number(bits) }));

/** True for an IPv4 or IPv6 address that anybody on the internet can reach; false for everything else, also what is no address. */
export function isPublicAddress(address: string): boolean {
  const four = numberOf4(address);
  if (four !== null) return isPublic4(four);
  const words = wordsOf6(address);
  if (words === null) return false;
  const [first = 0, second = 0] = words;
  // Only 2000::/3 is given out; of it not 2001::/23 (Teredo and others), 2001:db8::/32, 2002::/16 (6to4), 3fff::/20.
  if (first < 0x2000 || first > 0x3fff)
    return isMapped(words) && isPublic4(((words[6] ?? 0) << 16) | (words[7] ?? 0));
  const reserved =
    (first === 0x2001 && (second < 0x200 || second === 0xdb8)) ||
    first === 0x2002 ||
    (first === 0x3fff && second < 0x1000);
  return !reserved;
}

const isMapped = (words: readonly number[]): boolean =>
  words.slice(0, 5).every((word) => word === 0) && words[5] === 0xffff;

const isPublic4 = (address: number): boolean =>
  PRIVATE_4.every(({ first, shift }) => address >>> shift !== first >>> shift);

function numberOf4(text: string): number | null {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return null;
  return parts.reduce((sum, part) => ((sum << 8) | Number(part)) >>> 0, 0);
}

/** The eight words of an IPv6 address, without a zone; null when it is none. */
function wordsOf6(text: string): number[] | null {
  if (text.length > 45 || !text.includes(":") || text.includes("%")) return null;
  const last = text.slice(text.lastIndexOf(":") + 1);
  const four = numberOf4(last);
  const whole =
    four === null
      ? text
      : `${text.slice(0, -last.length)}${(four >>> 16).toString(16)}:${(four & 0xffff).toString(16)}`;
  const [head = "", tail, ...more] = whole.split("::");
  if (more.length > 0) return null;
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  if (zeros < 0 || (tail !== undefined && zeros === 0)) return null;
  const words = [...left, ...Array.from({ length: zeros }, () => "0"), ...right];
  if (words.length !== 8 || !words.every((word) => /^[0-9a-f]{1,4}$/i.test(word))) return null;
  return words.map((word) => Number.parseInt(word, 16));
}
