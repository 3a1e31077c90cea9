import type { Me } from "../../../../contracts/console/access.ts";
import { useApi } from "../client/use-api.ts";

/** Who is signed in; the error has the code `signed_out` when nobody is. */
export const useMe = () => useApi<Me>("/session", { revalidateOnFocus: false });
