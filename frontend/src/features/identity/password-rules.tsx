import { cx } from "@/ui/class-names";
import { AheadMark, DoneMark } from "@/ui/icon";
import { passwordRules } from "./password-policy";
import { passwordRules as texts } from "./texts/register-credentials";

/** Ticks the rules of a good password while it is typed. */
export function PasswordRules({ password, email }: { password: string; email: string }) {
  return (
    <ul aria-label={texts.label} className="flex flex-col gap-1 text-sm">
      {passwordRules(email).map((rule) => {
        const isMet = rule.isMet(password);
        const Mark = isMet ? DoneMark : AheadMark;
        return (
          <li key={rule.label} className={cx("flex items-start gap-1.5", isMet ? "text-ok" : "text-ink-3")}>
            <Mark aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
            {rule.label}
            <span className="sr-only">{isMet ? texts.met : texts.unmet}</span>
          </li>
        );
      })}
    </ul>
  );
}
