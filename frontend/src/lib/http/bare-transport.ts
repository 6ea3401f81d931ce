import { withCsrf } from "./csrf";
import { send } from "./transport";

/** Carries what rides on the refresh cookie: with the CSRF pair, without a token, never renewed. */
export const bareTransport: typeof globalThis.fetch = (input, init) => withCsrf(new Request(input, init), send);
