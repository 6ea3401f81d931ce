import { useQueryClient } from "@tanstack/react-query";
import { changeBankDetails, updateBusiness, type BankDetailsEdit, type BusinessEdit, type BusinessOut } from "@/api/generated";
import { getBrandingQueryKey, getBusinessQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import { every, useRefresh } from "@/lib/refresh";

/** Names the revision that an edit was made on. */
export function ifMatch(revision: number): { "If-Match": string } {
  return { "If-Match": `"${revision}"` };
}

/** Gives the way to take over what the server answered to an edit. */
export function useSaved(): (business: BusinessOut) => Promise<void> {
  const queryClient = useQueryClient();
  const refresh = useRefresh();
  return async (business) => {
    // An answer of before the edit, still under way, would bring the old revision back.
    await queryClient.cancelQueries({ queryKey: getBusinessQueryKey() });
    queryClient.setQueryData(getBusinessQueryKey(), business);
    await refresh([getBrandingQueryKey(), every("listAuditEvents")]);
  };
}

/** Gives the way to save members of the business. */
export function useSaveBusiness(): (body: BusinessEdit, revision: number) => Promise<void> {
  const saved = useSaved();
  return async (body, revision) => {
    const { data } = await updateBusiness({ body, headers: ifMatch(revision), throwOnError: true });
    await saved(data);
  };
}

/** Gives the way to save the bank details, or to take them away. */
export function useSaveBank(): (body: BankDetailsEdit, revision: number) => Promise<void> {
  const saved = useSaved();
  return async (body, revision) => {
    const { data } = await changeBankDetails({ body, headers: ifMatch(revision), throwOnError: true });
    await saved(data);
  };
}
