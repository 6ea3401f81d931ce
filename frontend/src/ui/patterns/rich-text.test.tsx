import { render } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { RichText } from "./rich-text";

describe("RichText", () => {
  it("gives the marked words to their part and leaves the rest", () => {
    const { container } = render(
      <RichText
        text="Read <guide>the guide</guide>, then <send>send it</send>."
        parts={{ guide: (words) => <a href="/docs">{words}</a>, send: (words) => <strong>{words}</strong> }}
      />,
    );
    expect(container.innerHTML).toBe('Read <a href="/docs">the guide</a>, then <strong>send it</strong>.');
  });

  it("shows the words of a mark that nobody knows, and never the mark", () => {
    const { container } = render(<RichText text="A <strange>thing</strange>" parts={{}} />);
    expect(container.textContent).toBe("A thing");
  });
});
