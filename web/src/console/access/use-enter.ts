import { useCallback } from "react";
import { useSWRConfig } from "swr";
import { useLocation } from "wouter";
import type { Me } from "../../../../contracts/console/access.ts";
import { takePlace } from "./place.ts";

/** Goes to the page that was asked for, as somebody signed in. */
export function useEnter(): (me: Me) => void {
  const { mutate } = useSWRConfig();
  const [, go] = useLocation();
  return useCallback(
    (me) => {
      void mutate("/session", me, { revalidate: false });
      go(takePlace(), { replace: true });
    },
    [mutate, go],
  );
}
