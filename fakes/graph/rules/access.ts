import { type Refusal, unauthorized, unknownObject } from "./refusals.ts";

export interface AccessOptions {
  /** The token of every number that has none of its own. */
  accessToken: string;
  accessTokens?: Readonly<Record<string, string>>;
  phoneNumberIds: readonly string[];
}

/** Access tokens and the business numbers they may act for. */
export interface Access {
  /** Refuses an `authorization` header that may not act for the number; null when it may. */
  refuse(authorization: string | undefined, phoneNumberId: string): Refusal | null;
  /** Refuses one that may not read files; null when it may. With a number, that number's token is needed. */
  refuseReader(authorization: string | undefined, phoneNumberId: string | null): Refusal | null;
  isNumber(id: string): boolean;
}

/** Access rules; a number with a token of its own need not be among `phoneNumberIds`. */
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
