import { describe, expect, it, vi } from "vitest";
import { Session, type AccessToken, type SessionMessage } from "./session";

/** Two tabs over one refresh cookie: a lock that they share, and messages that reach the other one. */
function twoTabs(refresh: () => Promise<AccessToken | null>) {
  let queue: Promise<unknown> = Promise.resolve();
  const exclusively = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  };
  const tabs: Session[] = [];
  const tab = (index: number) =>
    new Session({
      refresh,
      exclusively,
      now: () => 0,
      tell: (message: SessionMessage) => tabs.filter((_, other) => other !== index).forEach((other) => other.hear(message)),
    });
  tabs.push(tab(0), tab(1));
  return tabs as [Session, Session];
}

const token = (value: string): AccessToken => ({ value, expiresAt: 900_000 });

describe("Session", () => {
  it("renews once for two tabs that need it at the same moment", async () => {
    const refresh = vi.fn(() => Promise.resolve(token("fresh")));
    const [one, other] = twoTabs(refresh);
    expect(await Promise.all([one.ensure(), other.ensure(), one.ensure()])).toEqual(["fresh", "fresh", "fresh"]);
    expect(refresh).toHaveBeenCalledOnce();
  });

  it("replaces the token that was refused, and not the one that came meanwhile", async () => {
    const refresh = vi.fn(() => Promise.resolve(token("third")));
    const [one] = twoTabs(refresh);
    one.open(token("first"));
    one.open(token("second"));
    expect(await one.renew("first")).toBe("second");
    expect(refresh).not.toHaveBeenCalled();
    expect(await one.renew("second")).toBe("third");
  });

  it("ends in every tab when the server refuses to renew", async () => {
    const [one, other] = twoTabs(() => Promise.resolve(null));
    const ended = vi.fn();
    one.open(token("old"));
    other.onEnd(ended);
    expect(await one.renew("old")).toBeNull();
    expect(ended).toHaveBeenCalledOnce();
    expect(other.isOpen).toBe(false);
  });

  it("does not ask for another token once its person has signed out", async () => {
    const refresh = vi.fn(() => Promise.resolve(null));
    const [one, other] = twoTabs(refresh);
    one.open(token("old"));
    one.end();
    expect(await one.renew("old")).toBeNull();
    expect(await other.renew("old")).toBeNull();
    expect(refresh).not.toHaveBeenCalled();
  });

  describe("that is signed out", () => {
    /** A promise that is kept from outside. */
    function held<T>() {
      let give: (value: T) => void = () => undefined;
      const promise = new Promise<T>((resolve) => {
        give = resolve;
      });
      return { promise, give };
    }

    it("is renewed by no tab until the server knows", async () => {
      const refresh = vi.fn(() => Promise.resolve<AccessToken | null>(token("again")));
      const [one, other] = twoTabs(refresh);
      one.open(token("old"));
      const told = held<undefined>();
      const out = one.signOut(() => told.promise);
      expect([one.standing, other.standing]).toEqual(["CLOSED", "CLOSED"]);
      expect(await one.ensure()).toBeNull();
      expect(await other.ensure()).toBeNull();
      told.give(undefined);
      await out;
      expect(refresh).not.toHaveBeenCalled();
    });

    it("is over in the other tabs although this one held nothing of it", async () => {
      const [one, other] = twoTabs(() => Promise.resolve(null));
      other.open(token("old"));
      one.leave();
      await one.signOut(() => Promise.resolve());
      expect(other.standing).toBe("CLOSED");
    });

    it("waits for no other tab, and does not come back by the renewal that one has under way", async () => {
      const answer = held<AccessToken>();
      const refresh = vi.fn(() => answer.promise);
      const [one, other] = twoTabs(refresh);
      one.open(token("old"));
      const asked = other.renew("old");
      const waiting = one.renew("old");
      await Promise.resolve();
      const tell = vi.fn(() => Promise.resolve());
      await one.signOut(tell);
      expect(tell).toHaveBeenCalledOnce();
      answer.give(token("again"));
      expect(await asked).toBeNull();
      expect(await waiting).toBeNull();
      expect(refresh).toHaveBeenCalledOnce();
      expect([one.standing, other.standing]).toEqual(["CLOSED", "CLOSED"]);
    });

    it("is asked for again by another tab after a while: somebody may have signed in", async () => {
      const clock = { now: 0 };
      const session = new Session({ refresh: () => Promise.resolve({ value: "fresh", expiresAt: 900_000 }), exclusively: (work) => work(), tell: () => undefined, now: () => clock.now });
      session.hear({ kind: "ended" });
      expect(await session.ensure()).toBeNull();
      clock.now = 5_000;
      expect(await session.ensure()).toBe("fresh");
    });

    it("does not come back by what another tab told too late", async () => {
      const [one] = twoTabs(() => Promise.resolve(null));
      one.open(token("old"));
      await one.signOut(() => {
        one.hear({ kind: "renewed", token: token("again") });
        return Promise.resolve();
      });
      expect(one.standing).toBe("CLOSED");
      one.hear({ kind: "renewed", token: token("of who signs in next") });
      expect(one.standing).toBe("OPEN");
    });

    it("is over here although the server cannot be told", async () => {
      const [one, other] = twoTabs(() => Promise.resolve(null));
      one.open(token("old"));
      await expect(one.signOut(() => Promise.reject(new Error("offline")))).rejects.toThrow("offline");
      expect([one.standing, other.standing]).toEqual(["CLOSED", "CLOSED"]);
      one.open(token("new"));
      expect(await one.ensure()).toBe("new");
    });
  });

  describe("that another tab opened meanwhile", () => {
    /** A token of somebody, as far as a page reads it. */
    const tokenOf = (person: string) => token(`head.${btoa(JSON.stringify({ sub: person }))}.signature`);

    it("is not ended by an answer about the one before", async () => {
      let refuse: (answer: null) => void = () => undefined;
      const [one, other] = twoTabs(() => new Promise((resolve) => (refuse = resolve)));
      const asked = one.ensure();
      await Promise.resolve();
      other.open(token("new"));
      refuse(null);
      expect(await asked).toBe("new");
      expect([one.standing, other.standing]).toEqual(["OPEN", "OPEN"]);
    });

    it("is not shown by a page of somebody else, whatever the server answers about theirs", async () => {
      let refuse: (answer: null) => void = () => undefined;
      const [one, other] = twoTabs(() => new Promise((resolve) => (refuse = resolve)));
      one.open(tokenOf("Thandi"));
      one.keepPages();
      const asked = one.renew(tokenOf("Thandi").value);
      await Promise.resolve();
      other.open(tokenOf("Sipho"));
      refuse(null);
      expect(await asked).toBeNull();
      expect([one.standing, other.standing]).toEqual(["TAKEN", "OPEN"]);
      // Who signs in here takes the page.
      one.open(tokenOf("Sipho"));
      expect(one.standing).toBe("OPEN");
    });

    it("gives nobody's requests another person's token", async () => {
      const [one, other] = twoTabs(() => Promise.resolve(null));
      one.open(tokenOf("Thandi"));
      await one.signOut(() => Promise.resolve());
      other.open(tokenOf("Sipho"));
      expect(await one.renew(tokenOf("Thandi").value)).toBeNull();
      expect(await one.current(tokenOf("Thandi").value)).toBeNull();
      expect(await one.current(tokenOf("Sipho").value)).toBe(tokenOf("Sipho").value);
    });
  });

  describe("that lapses", () => {
    it("waits for its person as long as one of their pages is open", async () => {
      const [one] = twoTabs(() => Promise.resolve(null));
      const ended = vi.fn();
      one.open(token("old"));
      one.onEnd(ended);
      const leave = one.keepPages();
      const asked = one.renew("old");
      await vi.waitFor(() => expect(one.standing).toBe("LAPSED"));
      leave();
      const stay = one.keepPages();
      await Promise.resolve();
      expect(one.standing).toBe("LAPSED");
      stay();
      expect(await asked).toBeNull();
      expect(one.standing).toBe("CLOSED");
      expect(ended).toHaveBeenCalledOnce();
    });
  });

  it("keeps the session when the server could not be asked", async () => {
    const [one] = twoTabs(() => Promise.reject(new Error("offline")));
    const ended = vi.fn();
    one.open(token("old"));
    one.onEnd(ended);
    await expect(one.renew("old")).rejects.toThrow("offline");
    expect(ended).not.toHaveBeenCalled();
  });

  describe("with a token of fifteen minutes", () => {
    const LEEWAY = 15_000;

    /** A session whose token ends at 900,000, at a moment that can be moved. */
    function opened() {
      const clock = { now: 0 };
      const refresh = vi.fn(() => Promise.resolve({ value: "fresh", expiresAt: clock.now + 900_000 }));
      const session = new Session({ refresh, exclusively: (work) => work(), tell: () => undefined, now: () => clock.now });
      session.open(token("first"));
      return { clock, refresh, session };
    }

    it("uses it until shortly before its end", async () => {
      const { clock, refresh, session } = opened();
      clock.now = 900_000 - LEEWAY - 1;
      expect(session.isOpen).toBe(true);
      expect(await session.ensure()).toBe("first");
      expect(refresh).not.toHaveBeenCalled();
    });

    it.each([
      ["shortly before its end: it must last for the way to the server", 900_000 - LEEWAY],
      ["at its end", 900_000],
      ["shortly after its end", 900_000 + LEEWAY - 1],
      ["long after its end", 9_000_000],
    ])("renews it %s", async (_, now) => {
      const { clock, refresh, session } = opened();
      clock.now = now;
      expect(session.isOpen).toBe(false);
      expect(await session.current()).toBe("fresh");
      expect(await session.ensure()).toBe("fresh");
      expect(refresh).toHaveBeenCalledOnce();
    });
  });

  it("asks nothing on behalf of a stranger", async () => {
    const refresh = vi.fn(() => Promise.resolve(token("fresh")));
    const [one] = twoTabs(refresh);
    expect(await one.current()).toBeNull();
    expect(refresh).not.toHaveBeenCalled();
  });
});
