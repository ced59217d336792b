import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { Password, requireGoodPassword } from "./policy";

const GOOD = "seven grey herons at noon";
const ADA = { email: "ada.lovelace+tasks@example.org", name: "Ada Lóvelace" };

describe("the length of a password, in code points", () => {
  test.each([
    ["7", "x".repeat(7), false],
    ["8", "x".repeat(8), true],
    ["64", "x".repeat(64), true],
    ["128", "x".repeat(128), true],
    ["129", "x".repeat(129), false],
    ["7 emoji, 14 UTF-16 units", "🦉".repeat(7), false],
    ["8 emoji", "🦉".repeat(8), true],
    ["128 emoji, 512 bytes", "🦉".repeat(128), true],
    ["129 emoji", "🦉".repeat(129), false],
    ["7 and a leading space", " 1234567", true],
    ["6 between spaces that are not taken away", " 123456 ", true],
    ["0", "", false],
  ])("%s", (_, password, isAccepted) => {
    expect(Password.safeParse(password).success).toBe(isAccepted);
  });

  test("it comes out exactly as it was sent", () => {
    const password = "  Cafe\u0301 🦉\tat  noon ";
    expect(Password.parse(password)).toBe(password);
  });

  test("the document says the bounds, and its example is a password that we accept", async () => {
    const { minLength, maxLength, example } = z.toJSONSchema(Password);
    expect({ minLength, maxLength }).toEqual({ minLength: 8, maxLength: 128 });
    await requireGoodPassword(Password.parse(example), ADA);
  });
});

const refusal = (path: string, code: string) => ({
  name: "AppError",
  code: "invalid",
  message: expect.stringMatching(`^${path}: .{20,}`),
  extras: { errors: [{ path, code, message: expect.stringMatching(/^(is|must) .{20,}/) }] },
});

describe("what the length does not tell", () => {
  test.each(["password", "PassWord1", "1234567890", "qwertyuiop"])("%s is too common", async (password) => {
    await expect(requireGoodPassword(password, ADA)).rejects.toMatchObject(refusal("password", "too_common"));
  });

  test.each([
    ["the address", "ada.lovelace+tasks@example.org"],
    ["in capitals", "ADA.LOVELACE+TASKS@EXAMPLE.ORG"],
    ["what is before the @", "ada.lovelace+tasks"],
    ["without its signs", "AdaLovelaceTasks"],
    ["the name", "Ada Lóvelace"],
    ["without the space, accents composed otherwise", "adalo\u0301velace!"],
    ["this service", "Fourfold"],
  ])("%s is too personal", async (_, password) => {
    await expect(requireGoodPassword(password, ADA)).rejects.toMatchObject(
      refusal("password", "too_personal"),
    );
  });

  test.each([
    ["a good one", GOOD, ADA],
    ["the name with more to it", "Ada Lóvelace met seven herons", ADA],
    ["signs alone, for a person without a name", "!?!?#%&=", { ...ADA, name: null }],
    ["signs alone, for a person with a name of signs", "!?!?#%&=", { ...ADA, name: "🦉" }],
    ["words in letters of another script", "семь серых цапель", ADA],
    ["no composition is asked for", "herons herons herons", ADA],
  ])("%s is accepted", async (_, password, person) => {
    await expect(requireGoodPassword(password, person)).resolves.toBeUndefined();
  });

  test("the refusal names the member that the password came in, and never the password", async () => {
    const refused = requireGoodPassword("trustno1", ADA, "new_password");
    await expect(refused).rejects.toMatchObject(refusal("new_password", "too_common"));
    const error = await refused.catch((error) => error);
    expect(JSON.stringify([error.message, error.extras])).not.toContain("trustno1");
  });
});

describe("with BREACHED_PASSWORDS_URL", () => {
  const suffix = createHash("sha1").update(GOOD).digest("hex").slice(5);
  const server = createServer((_, response) => response.end(`${suffix}:3\r\n`));

  afterEach(() => {
    vi.unstubAllEnvs();
    server.close();
  });

  test("a breached password is refused, and another is not", async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    vi.stubEnv("BREACHED_PASSWORDS_URL", `http://127.0.0.1:${port}/range/`);
    vi.resetModules();
    const configured = await import("./policy");
    await expect(configured.requireGoodPassword(GOOD, ADA)).rejects.toMatchObject(
      refusal("password", "breached"),
    );
    await expect(configured.requireGoodPassword(`${GOOD}.`, ADA)).resolves.toBeUndefined();
  });
});
