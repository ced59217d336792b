import { linkIn } from "../../support/mailbox";
import { expect, test } from "../board-fixtures";

test.describe.configure({ timeout: 30_000 });

test("the name is saved, and can be left empty", async ({ board }) => {
  const page = await board.open("/settings");
  await expect(page).toHaveURL("/settings/profile");
  const name = page.getByRole("textbox", { name: "Name" });
  await name.fill("Ada Lovelace");
  await page.getByRole("button", { name: "Save the name" }).click();
  await expect(page.getByText("Your name is saved.")).toBeVisible();
  await page.reload();
  await expect(name).toHaveValue("Ada Lovelace");
  await name.fill(" ");
  await name.press("Enter");
  await expect.poll(async () => (await board.api("GET", "/api/v1/auth/me")).body.data.name).toBeNull();
});

test.describe("the e-mail address", () => {
  test.use({ tolerated: [/40[03]|422/] });

  test("changes with the password, and by the link that was mailed to the new one", async ({
    board,
    mailbox,
  }) => {
    const page = await board.open("/settings/profile");
    const next = `new-${board.person.email}`;
    const [email, password] = [page.getByLabel("New e-mail"), page.getByLabel("Password")];
    const change = page.getByRole("button", { name: "Change the address" });
    await email.fill("nonsense");
    await password.fill("the wrong one");
    await change.click();
    await expect(email).toHaveAccessibleDescription(/must be an e-mail address/);
    await expect(email).toBeFocused();
    await email.fill(next);
    await change.click();
    await expect(page.getByRole("main").getByRole("alert")).toHaveText("The password is wrong.");
    await password.fill("seven lamps over the harbour");
    await change.click();
    await expect(page.getByText(`A message with a link is on its way to ${next}.`)).toBeVisible();
    await expect(password).toHaveValue("");
    await page.goto(new URL(linkIn(await mailbox.mailTo(next))).href.replace(/^https?:\/\/[^/]+/, ""));
    await page.getByRole("button", { name: "Confirm" }).click();
    await expect(page.getByRole("status")).toHaveText(`${next} is confirmed.`);
  });
});

test("the time zone is chosen from those that the browser knows", async ({ board }) => {
  const page = await board.open("/settings/profile");
  await expect(page.getByLabel("Time zone")).toHaveValue("Europe/Berlin");
  await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
  await expect
    .poll(async () => (await board.api("GET", "/api/v1/auth/me")).body.data.preferences.time_zone)
    .toBe("Asia/Tokyo");
});
