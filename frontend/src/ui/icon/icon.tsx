import type { ComponentType, SVGProps } from "react";
import { cx } from "@/ui/class-names";

export type IconShape = ComponentType<SVGProps<SVGSVGElement>>;

const SIZES = { sm: "size-3.5", md: "size-4", lg: "size-[1.125rem]", xl: "size-6" };

/** Draws an icon beside words. It says nothing to assistive technology: the words do. */
export function Icon({ of: Shape, size = "md", className }: { of: IconShape; size?: keyof typeof SIZES; className?: string }) {
  return <Shape aria-hidden="true" className={cx("shrink-0", SIZES[size], className)} />;
}
