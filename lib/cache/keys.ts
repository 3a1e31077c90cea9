/** Bytes of the digest that are kept: enough that no two of a trillion messages meet. */
const DIGEST_BYTES = 16;

/** Names of cache entries. They hold no phone number: message ids contain one too, so both are hashed with the token. */
export interface CacheKeys {
  message(waMessageId: string): Promise<string>;
  user(userKey: string): Promise<string>;
}

/** `secret` keeps whoever reads the entries from trying out all phone numbers. */
export function createCacheKeys(secret: string): CacheKeys {
  const encoder = new TextEncoder();
  const hash = async (text: string): Promise<string> => {
    const digest = await crypto.subtle.digest("SHA-256", encoder.encode(`${secret}\n${text}`));
    return Array.from(new Uint8Array(digest, 0, DIGEST_BYTES), hex).join("");
  };
  return {
    message: async (waMessageId) => `chasqui:dup:${await hash(waMessageId)}`,
    user: async (userKey) => `chasqui:rate:${await hash(userKey)}`,
  };
}

const hex = (byte: number): string => byte.toString(16).padStart(2, "0");
