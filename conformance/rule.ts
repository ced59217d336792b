import type { Answer, Ask } from "./client";
import type { Person } from "./person";

/** What a rule has to work with. Whatever it makes is removed when the run ends. */
export type Run = {
  me: Person;
  mark: string;
  /** Without a token. */
  anyone: Ask;
  /** Somebody else; skips the rule where nobody may sign up. */
  guest(): Promise<Person>;
  /** One more session of mine: what `name` stands for is the same in every rule. */
  device(name: string): Promise<Device>;
};

export type Device = { id: string; signedIn: Answer; ask: Ask; refreshToken: string };

export type Rule = {
  /** Never used for another rule once it was published. */
  id: `${string}-${number}`;
  /** As a sentence. */
  rule: string;
  check(run: Run): Promise<void>;
};
