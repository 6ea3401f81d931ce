import { client } from "@/api/generated/client.gen";
import { toApiError } from "@/lib/problem";
import { session } from "@/lib/session";
import { createTransport } from "./transport";

// Done once, when the app starts.
client.setConfig({ baseUrl: window.location.origin, credentials: "same-origin", fetch: createTransport(session) });
client.interceptors.error.use((error, response) => toApiError(error, response));
