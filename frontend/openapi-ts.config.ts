import { defineConfig } from "@hey-api/openapi-ts";

/** `npm run client`: generates src/api/generated from the document that `capecontrol openapi export` writes. */
export default defineConfig({
  input: "./openapi.json",
  output: { path: "./src/api/generated" },
  plugins: [
    "@hey-api/client-fetch",
    "@hey-api/typescript",
    "@hey-api/sdk",
    { name: "@tanstack/react-query", infiniteQueryOptions: false },
  ],
});
