import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { ApiError } from "@/lib/problem";
import { Button } from "@/ui/primitives/button";
import { Field } from "@/ui/primitives/field";
import { Input } from "@/ui/primitives/input";
import { Form } from "./form";
import { pointerToName } from "./server-errors";
import { useSchemaForm } from "./use-schema-form";

const schema = z.object({ email: z.string().check(z.minLength(1, "Enter your address.")), title: z.string() });

function Sample({ onSubmit }: { onSubmit: () => Promise<void> }) {
  const form = useSchemaForm(schema, { email: "", title: "" });
  const { errors } = form.formState;
  return (
    <Form form={form} onSubmit={onSubmit}>
      <Field label="Address" hint="We write to it once." error={errors.email?.message}>
        <Input {...form.register("email")} />
      </Field>
      <Field label="Title" error={errors.title?.message}>
        <Input {...form.register("title")} />
      </Field>
      <Button type="submit">Save</Button>
    </Form>
  );
}

const refusal = (...fields: { pointer: string; detail: string }[]) => () =>
  Promise.reject(new ApiError(422, "invalid", "Invalid", "Some fields need another look.", fields));

describe("Form", () => {
  it("replaces the hint by the error and ties it to the control", async () => {
    render(<Sample onSubmit={() => Promise.resolve()} />);
    const input = screen.getByLabelText("Address");
    expect(input).toHaveAccessibleDescription("We write to it once.");
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    expect(input).toHaveAccessibleDescription("Enter your address.");
    expect(input).toBeInvalid();
  });

  it("tells a wrong field aloud where the focus stays in it", async () => {
    render(<Sample onSubmit={() => Promise.resolve()} />);
    const region = screen.getByLabelText("Address").parentElement?.querySelector("[aria-live=polite]");
    expect(region).toBeEmptyDOMElement();
    await userEvent.type(screen.getByLabelText("Address"), "{Enter}");
    expect(screen.getByLabelText("Address")).toHaveFocus();
    expect(region).toHaveTextContent("Enter your address.");
  });

  it("says nothing to whoever went back when asked for the password, and keeps what was typed", async () => {
    render(<Sample onSubmit={() => Promise.reject(new ApiError(403, "auth/confirmation-required", "Confirm it’s you", "Enter your password to continue."))} />);
    await userEvent.type(screen.getByLabelText("Address"), "a@b.example");
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    await userEvent.tab();
    expect(screen.queryByRole("alert")).toBeNull();
    expect(screen.getByLabelText("Address")).toHaveValue("a@b.example");
  });

  it("brings a refusal to its field, with the focus, and keeps what was typed", async () => {
    render(<Sample onSubmit={refusal({ pointer: "/title", detail: "Choose another title." })} />);
    await userEvent.type(screen.getByLabelText("Address"), "a@b.example");
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("Choose another title.")).toBeInTheDocument();
    expect(screen.getByLabelText("Title")).toHaveFocus();
    expect(screen.getByLabelText("Address")).toHaveValue("a@b.example");
  });

  it("shows above the form what belongs to no field", async () => {
    render(<Sample onSubmit={refusal({ pointer: "/captcha", detail: "Prove that you are a person." })} />);
    await userEvent.type(screen.getByLabelText("Address"), "a@b.example");
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("Prove that you are a person.");
  });
});

it("reads JSON pointers", () => {
  expect(pointerToName("/line_items/0/unit_price")).toBe("line_items.0.unit_price");
  expect(pointerToName("/a~1b/c~0d")).toBe("a/b.c~d");
});
