import type { QueryClient } from "@tanstack/react-query";
import { login, type LoginData } from "@/api/generated";
import { accessToken, session } from "@/lib/session";
import { meOptions } from "@/lib/session/me";
import { markLeaving } from "@/lib/session/signed-in-mark";
import { forgetRegistered } from "./registered-address";

/** Signs a person in and learns who it is. */
export async function signIn(body: LoginData["body"], queryClient: QueryClient): Promise<void> {
  const { data } = await login({ body, throwOnError: true });
  // What another person may have left in memory goes first.
  queryClient.clear();
  session.open(accessToken(data));
  markLeaving(false);
  forgetRegistered();
  await queryClient.query(meOptions());
}
