import { getBusinessOptions, listTaxRatesOptions } from "@/api/generated/@tanstack/react-query.gen";

/** How to ask for the business, as it is edited. */
export function businessOptions() {
  return getBusinessOptions();
}

/** How to ask for all rates of tax. */
export function taxRatesOptions() {
  return listTaxRatesOptions();
}
