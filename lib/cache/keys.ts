/** Bytes of the digest that are kept: enough that no two of a trillion messages meet. */
const DIGEST_BYTES = 16;
/** Digests remembered: a message is named twice, and who writes once writes again. */
const REMEMBERED = 10_000;

/** Names of cache entries. They hold no phone number: message ids contain one too, so both are hashed with the token. */
export interface CacheKeys {
  message(waMessageId: string): Promise<string>;
  user(userKey: string): Promise<string>;
}

/** `secret` keeps whoever reads the entries from trying out all phone numbers. */
export function createCacheKeys(secret: string): CacheKeys {
  const encoder = new TextEncoder();
  const known = new Map<string, Promise<string>>();
  const digest = async (text: string): Promise<string> => {
    const bytes = await crypto.subtle.digest("SHA-256", encoder.encode(`${secret}\n${text}`));
    return Array.from(new Uint8Array(bytes, 0, DIGEST_BYTES), hex).join("");
  };
  const hash = (text: string): Promise<string> => {
    const made = known.get(text) ?? digest(text);
    if (known.size >= REMEMBERED) known.clear();
    known.set(text, made);
    return made;
  };
  return {
    message: async (waMessageId) => `chasqui:dup:${await hash(waMessageId)}`,
    user: async (userKey) => `chasqui:rate:${await hash(userKey)}`,
  };
}

const hex = (byte: number): string => byte.toString(16).padStart(2, "0");
