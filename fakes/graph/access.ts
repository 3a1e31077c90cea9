import { type Refusal, unauthorized, unknownObject } from "./refusals.ts";

export interface AccessOptions {
  /** The token of every number that has none of its own. */
  accessToken: string;
  accessTokens?: Readonly<Record<string, string>>;
  phoneNumberIds: readonly string[];
}

/** Who may speak for which business number. */
export interface Access {
  /** Why this `authorization` header may not act for the number, or null. */
  refuse(authorization: string | undefined, phoneNumberId: string): Refusal | null;
  /** Why it may not read files, or null; with a number, that number's token is needed. */
  refuseReader(authorization: string | undefined, phoneNumberId: string | null): Refusal | null;
  isNumber(id: string): boolean;
}

/** A number with a token of its own is known also when it is not among `phoneNumberIds`. */
export function createAccess({ accessToken, accessTokens = {}, phoneNumberIds }: AccessOptions): Access {
  const tokens = new Map([
    ...phoneNumberIds.map((id) => [id, accessToken] as const),
    ...Object.entries(accessTokens),
  ]);
  const valid = new Set([...tokens.values()].map((token) => `Bearer ${token}`));
  const refuse: Access["refuse"] = (authorization, phoneNumberId) => {
    if (authorization === undefined || !valid.has(authorization)) return unauthorized();
    const token = tokens.get(phoneNumberId);
    if (token === undefined) return unknownObject(phoneNumberId);
    return authorization === `Bearer ${token}` ? null : unauthorized();
  };
  return {
    refuse,
    refuseReader(authorization, phoneNumberId) {
      if (phoneNumberId !== null) return refuse(authorization, phoneNumberId);
      return authorization !== undefined && valid.has(authorization) ? null : unauthorized();
    },
    isNumber: (id) => tokens.has(id),
  };
}
