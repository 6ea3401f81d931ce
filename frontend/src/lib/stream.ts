/** A block of a stream, as the server wrote it (WHATWG, server-sent events). What it does not say is not there. */
export interface StreamBlock {
  event?: string | undefined;
  data?: string | undefined;
  id?: string | undefined;
  /** How long to wait before coming again, in milliseconds. */
  retry?: number | undefined;
}

/** Reads a stream block by block, until it ends. One that breaks off in the middle of a block leaves that block out. */
export async function* readStream(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamBlock> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      rest += decoder.decode(value, { stream: true });
      const blocks = rest.split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) yield readBlock(block);
    }
  } finally {
    // Whoever stops reading closes the connection, too.
    await reader.cancel().catch(() => undefined);
  }
}

function readBlock(block: string): StreamBlock {
  const fields = new Map(
    block.split("\n").map((line) => {
      const [name = "", ...value] = line.split(":");
      return [name, value.join(":").replace(/^ /, "")];
    }),
  );
  const retry = fields.get("retry");
  return { event: fields.get("event"), data: fields.get("data"), id: fields.get("id"), retry: retry === undefined ? undefined : Number(retry) };
}
