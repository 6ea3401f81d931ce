import { defineConfig } from "@hey-api/openapi-ts";

/** `make generate` runs this: makes src/api/generated from the API's description. */
export default defineConfig({
  input: "../docs/api/openapi.yaml",
  output: { path: "./src/api/generated" },
  plugins: [
    "@hey-api/client-fetch",
    "@hey-api/typescript",
    "@hey-api/sdk",
    { name: "@tanstack/react-query", infiniteQueryOptions: false },
  ],
});
