import { isProbablySignedIn } from "@/lib/session/signed-in-mark";
import { Icon } from "@/ui/icon";
import { Logo } from "@/ui/patterns/logo";
import { ButtonLink, OutsideLink, TextLink } from "@/ui/primitives/link";
import { JOBS, REPLACED } from "./jobs";

/** Says what CapeControl is, shows it, and tells how to run it. */
export function LandingPage() {
  return (
    <div className="flex min-h-dvh flex-col">
      <title>CapeControl: one place for the apps you run and the clients you serve</title>
      <LandingHeader />
      <main className="flex flex-col">
        <Hero />
        <Jobs />
        <Replaces />
        <RunIt />
      </main>
      <footer className="border-t border-line">
        <div className="mx-auto flex w-full max-w-[70rem] justify-between gap-4 px-6 py-6 text-sm text-ink-3 max-sm:px-4">
          <span>CapeControl</span>
          <span className="flex gap-4">
            <OutsideLink href="/api/docs">API reference</OutsideLink>
            <OutsideLink href="/api/health">Status</OutsideLink>
          </span>
        </div>
      </footer>
    </div>
  );
}

function LandingHeader() {
  const isSignedIn = isProbablySignedIn();
  return (
    <header className="mx-auto flex h-16 w-full max-w-[70rem] items-center justify-between gap-4 px-6 max-sm:px-4">
      <Logo />
      <nav aria-label="Account" className="flex items-center gap-2">
        {isSignedIn ? (
          <ButtonLink to="/dashboard" variant="primary">
            Open the dashboard
          </ButtonLink>
        ) : (
          <>
            <ButtonLink to="/login" variant="ghost">
              Sign in
            </ButtonLink>
            <ButtonLink to="/register/step-1" variant="primary">
              Register
            </ButtonLink>
          </>
        )}
      </nav>
    </header>
  );
}

function Hero() {
  return (
    <section className="mx-auto flex w-full max-w-[70rem] flex-col gap-10 px-6 pt-14 pb-16 max-sm:gap-8 max-sm:px-4 max-sm:pt-8 max-sm:pb-10">
      <div className="flex flex-col gap-5">
        <h1 className="max-w-[22ch] text-[2.75rem] leading-[1.1] tracking-[-0.025em] max-sm:text-2xl">One place for the apps you run and the clients you serve.</h1>
        <p className="max-w-[62ch] text-md text-ink-2">
          CapeControl signs your people in, sends the proposal, takes the payment, numbers the invoice, runs the workflow and keeps the record of it all.
        </p>
        <div className="flex flex-wrap gap-2">
          <ButtonLink to="/register/step-1" variant="primary" size="lg">
            Register your organization
          </ButtonLink>
          <ButtonLink to="/" hash="run" size="lg">
            Run it yourself
          </ButtonLink>
        </div>
      </div>
      <figure className="overflow-hidden rounded-card border border-line bg-sunk shadow-float">
        <picture>
          <source srcSet="/screens/dashboard-dark.webp" media="(prefers-color-scheme: dark)" />
          <img
            src="/screens/dashboard-light.webp"
            width={1280}
            height={800}
            alt="The operator's dashboard: active projects, proposals waiting, revenue this month, and what needs attention now."
            className="block h-auto w-full"
          />
        </picture>
      </figure>
    </section>
  );
}

function Jobs() {
  return (
    <section aria-labelledby="jobs" className="border-y border-line bg-surface">
      <div className="mx-auto w-full max-w-[70rem] px-6 py-16 max-sm:px-4 max-sm:py-10">
        <h2 id="jobs" className="text-xl">
          Six jobs, one system
        </h2>
        <ul className="mt-8 grid gap-x-10 gap-y-8 sm:grid-cols-2 lg:grid-cols-3">
          {JOBS.map((job) => (
            <li key={job.title}>
              <span className="mb-3 grid size-9 place-items-center rounded-control bg-soft text-soft-ink">
                <Icon of={job.icon} size="lg" />
              </span>
              <h3 className="text-md">
                {job.title}
                {job.isNext && <span className="ml-2 text-sm font-normal text-ink-3">comes next</span>}
              </h3>
              <p className="mt-1 text-ink-2">{job.text}</p>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

function Replaces() {
  return (
    <section aria-labelledby="replaces" className="mx-auto w-full max-w-[70rem] px-6 py-16 max-sm:px-4 max-sm:py-10">
      <h2 id="replaces" className="text-xl">
        What it replaces
      </h2>
      <dl className="mt-6 divide-y divide-line border-y border-line">
        {REPLACED.map(([before, now]) => (
          <div key={before} className="grid gap-x-8 gap-y-1 py-3 sm:grid-cols-2">
            <dt className="text-ink-3">{before}</dt>
            <dd className="font-medium">{now}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function RunIt() {
  return (
    <section id="run" aria-labelledby="run-title" className="border-t border-line bg-surface">
      <div className="mx-auto grid w-full max-w-[70rem] items-center gap-8 px-6 py-16 max-sm:px-4 max-sm:py-10 md:grid-cols-2">
        <div>
          <h2 id="run-title" className="text-xl">
            Two commands
          </h2>
          <p className="mt-2 max-w-[52ch] text-ink-2">
            Git, make and Python are enough. The database, the mailbox, a local Stripe and a local n8n come along, labelled as local; settings put the real ones in. Then{" "}
            <TextLink to="/login">sign in</TextLink> with one of the demo accounts that it prints.
          </p>
        </div>
        <pre className="rounded-card border border-line bg-sunk p-5 font-mono text-sm whitespace-pre-wrap text-ink">
          <code>{"make run     # installs, starts, prints the address\nmake test    # back end, front end, a real browser"}</code>
        </pre>
      </div>
    </section>
  );
}
