import { readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, vi } from "vitest";
import { parse } from "yaml";
import type * as sdk from "@/api/generated";
import { brandingOf } from "./samples";
import "@/lib/http/configure-client";

type Sdk = typeof sdk;
/** An operation by the name of its function in the generated client; a stream has no answer to give. */
export type Operation = Exclude<keyof Sdk, "streamChanges">;
/** What an operation answers when it succeeds. */
export type Data<Name extends Operation> = NonNullable<Awaited<ReturnType<Sdk[Name]>>["data"]>;
type Options<Name extends Operation> = NonNullable<Parameters<Sdk[Name]>[0]>;
type Body<Name extends Operation> = Options<Name> extends { body?: infer Sent } ? Sent : never;

/** A request that the double was sent. */
export interface Received<Name extends Operation = Operation> {
  operation: Name;
  /** The parameters in the path, by name. */
  path: Record<string, string>;
  query: Record<string, string>;
  body: Body<Name>;
  headers: Headers;
}

/** An answer: the body of success, a response, or what makes one of the request. */
export type Answer<Name extends Operation> = Data<Name> | Response | ((request: Received<Name>) => Data<Name> | Response | Promise<Data<Name> | Response>);

interface Route {
  operation: Operation;
  method: string;
  shape: RegExp;
  names: string[];
  status: number;
}

const ROUTES = readRoutes(path.resolve(import.meta.dirname, "../../../docs/api/openapi.yaml"));

/** Answers in the server's place, operation by operation, in the generated types. Everything up to `fetch` is the real thing. */
export class ServerDouble {
  received: Received[] = [];
  /** What nobody said an answer for: the test that asks for it fails. */
  unanswered: string[] = [];
  /** What is answered to a page that listens to changes. */
  live: () => Response = silentStream;
  readonly #answers = new Map<Operation, Answer<never>>();

  /** Forgets all answers but that of the CSRF pair, which every change asks for; on the stream of changes nothing happens. */
  reset(): void {
    this.received = [];
    this.unanswered = [];
    this.#answers.clear();
    this.on("getCsrfToken", { csrf: "pair", csrf_token: "pair", token: "pair" });
    this.on("getBranding", brandingOf());
    this.live = silentStream;
  }

  /** Sets the answer of an operation; the last one counts. */
  on<Name extends Operation>(operation: Name, answer: Answer<Name>): this {
    this.#answers.set(operation, answer as Answer<never>);
    return this;
  }

  /** Gives the requests that an operation received. */
  to<Name extends Operation>(operation: Name): Received<Name>[] {
    return this.received.filter((request) => request.operation === operation) as unknown as Received<Name>[];
  }

  /** Takes the place of the browser's fetch. */
  readonly fetch = async (input: Request): Promise<Response> => {
    const url = new URL(input.url);
    if (url.pathname === "/api/live") return this.live();
    const route = ROUTES.find(({ method, shape }) => method === input.method && shape.test(url.pathname));
    const answer = route && this.#answers.get(route.operation);
    if (!route || answer === undefined) {
      this.unanswered.push(`${input.method} ${url.pathname}`);
      throw new TypeError(`nobody answers ${input.method} ${url.pathname}`);
    }
    const [, ...values] = route.shape.exec(url.pathname) ?? [];
    const text = await input.text();
    const request: Received = {
      operation: route.operation,
      path: Object.fromEntries(route.names.map((name, index) => [name, decodeURIComponent(values[index] ?? "")])),
      query: Object.fromEntries(url.searchParams),
      // What a form with a file holds is the browser's to write.
      body: (text && !input.headers.get("Content-Type")?.startsWith("multipart/") ? JSON.parse(text) : undefined) as never,
      headers: input.headers,
    };
    this.received.push(request);
    const made: unknown = typeof answer === "function" ? await (answer as (request: Received) => unknown)(request) : answer;
    if (made instanceof Response) return made.clone();
    return made instanceof Blob ? new Response(made) : Response.json(made, { status: route.status });
  };
}

/** Gives the double of the server that the tests of a file talk to; it begins anew for each, and a request without an answer fails its test. */
export function testServer(): ServerDouble {
  const server = new ServerDouble();
  beforeEach(() => {
    server.reset();
    vi.stubGlobal("fetch", server.fetch);
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    expect(server.unanswered).toEqual([]);
  });
  return server;
}

const silentStream = () => new Response(new ReadableStream(), { headers: { "Content-Type": "text/event-stream" } });

/** Makes a refusal as the server writes it (RFC 9457). */
export function refusal(status: number, { detail, ...members }: { detail: string; type?: string; errors?: { pointer: string; detail: string }[]; allowed?: string[] }): Response {
  const body = { type: "test/refusal", title: "Refused", status, detail, instance: "0199-request", ...members };
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/problem+json", "X-Request-ID": "0199-request" } });
}

/** Holds an answer back until the test lets it go. */
export function held<Result>(result: Result): { answer: () => Promise<Result>; release: () => void } {
  const gate = new EventTarget();
  const opened = new Promise<Result>((resolve) => gate.addEventListener("open", () => resolve(result)));
  return { answer: () => opened, release: () => gate.dispatchEvent(new Event("open")) };
}

function readRoutes(file: string): Route[] {
  const { paths } = parse(readFileSync(file, "utf8")) as { paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>> };
  const routes = Object.entries(paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, { operationId, responses }]) => ({
      operation: operationId.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()) as Operation,
      method: method.toUpperCase(),
      shape: new RegExp(`^${template.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "([^/]+)")}$`),
      names: [...template.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name),
      status: Number(Object.keys(responses).find((status) => status.startsWith("2")) ?? 200),
    })),
  );
  // Of "/proposals/view/{token}" and "/proposals/{id}/pdf" the plainer one is meant.
  return routes.sort((one, other) => one.names.length - other.names.length);
}
