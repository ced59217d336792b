import { uuidv7 } from "@/lib/uuid";
import { query } from "../../support/database";
import { expect, test } from "../board-fixtures";

test("what happened to the account is told in sentences, the newest first, and all of it", async ({
  board,
  server,
}) => {
  const kinds = ["sign_up", ...Array.from({ length: 23 }, () => "sign_in_failed"), "email_verified"];
  for (const kind of kinds)
    await query(
      server.databaseUrl,
      "insert into security_events (id, user_id, kind, device) values ($1, $2, $3, 'Firefox on Linux')",
      [uuidv7(), board.person.id, kind],
    );
  const page = await board.open("/settings/events");
  const events = page.getByRole("list", { name: "Events" }).getByRole("listitem");
  await expect(events).toHaveCount(20);
  await expect(events.first()).toContainText("The e-mail address was confirmed.");
  await expect(events.nth(1)).toContainText("Somebody tried to sign in with a wrong password.");
  await expect(events.nth(1)).toContainText("Firefox on Linux");
  await page.getByRole("button", { name: "Show more" }).click();
  await expect(events).toHaveCount(kinds.length);
  await expect(events.last()).toContainText("The account was created.");
  await expect(page.getByRole("button", { name: "Show more" })).toHaveCount(0);
});
