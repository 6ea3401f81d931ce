import { expect, it } from "vitest";
import { readStream, type StreamBlock } from "./stream";

/** A stream that comes in these pieces. */
function inPieces(...pieces: string[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(encoder.encode(piece));
      controller.close();
    },
  });
}

async function blocksOf(...pieces: string[]): Promise<StreamBlock[]> {
  const blocks: StreamBlock[] = [];
  for await (const block of readStream(inPieces(...pieces))) blocks.push(block);
  return blocks;
}

it("reads blocks wherever they are cut", async () => {
  const text = 'retry: 1000\n\nid: 7\nevent: changes\ndata: {"a":"b: c"}\n\n: 12:00:00\nid: 8\n\n';
  const whole = await blocksOf(text);
  expect(whole).toMatchObject([{ retry: 1000 }, { id: "7", event: "changes", data: '{"a":"b: c"}' }, { id: "8" }]);
  for (let cut = 1; cut < text.length; cut++) expect(await blocksOf(text.slice(0, cut), text.slice(cut))).toEqual(whole);
});

it("leaves out a block that breaks off", async () => {
  expect(await blocksOf("id: 7\n\nid: 8\nevent: chan")).toMatchObject([{ id: "7" }]);
});
