import type { CustomerPanel } from "../../../contracts/console/thread.ts";
import { shownPhone } from "../../phone/shown.ts";

/** What stands beside the thread, with the number as people write it. */
export const shownCustomer = (customer: CustomerPanel): CustomerPanel => ({
  ...customer,
  phone: customer.phone === null ? null : shownPhone(customer.phone),
});
