import { useState } from "react";
import { EyeIcon, EyeSlashIcon, Icon } from "@/ui/icon";
import { Input, type InputProps } from "./input";
import { password as texts } from "./texts";

/** Takes a password; the eye shows what was typed. */
export function PasswordInput({ size = "md", ...rest }: Omit<InputProps, "type">) {
  const [isShown, setShown] = useState(false);
  return (
    <div className="relative">
      <Input {...rest} size={size} type={isShown ? "text" : "password"} autoCapitalize="none" spellCheck={false} className="pr-10" />
      <button
        type="button"
        aria-label={isShown ? texts.hide : texts.show}
        aria-pressed={isShown}
        onClick={() => setShown(!isShown)}
        className="absolute inset-y-0 right-0 grid w-10 place-items-center rounded-control text-ink-3 hover:text-ink"
      >
        <Icon of={isShown ? EyeSlashIcon : EyeIcon} />
      </button>
    </div>
  );
}
