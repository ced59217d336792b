import type { Locator, Page, Request } from "playwright/test";
import { type BoardFixture, expect } from "../board-fixtures";

/** A board that somebody uses already: on a new one stand samples. */
export async function openUsed(board: BoardFixture): Promise<Page> {
  await board.seed({ title: "Here before", in: "schedule" });
  return board.open();
}

/** The dialog that `Q` opens, ready to be typed into. */
export async function openLine(page: Page): Promise<Locator> {
  await page.keyboard.press("q");
  const line = page.getByRole("textbox", { name: "New task" });
  await expect(line).toBeFocused();
  return line;
}

export const understood = (page: Page): Locator =>
  page.getByRole("list", { name: "Understood" }).getByRole("listitem");

/** What the server has that is not sorted, from the top. */
export async function unsorted(api: (method: string, path: string) => Promise<Answer>): Promise<Task[]> {
  const { body } = await api("GET", "/api/v1/tasks?sorted=false&sort_by=position&sort_order=asc");
  return body.data.tasks;
}

type Task = { title: string; description: string | null; due_datetime: string | null; is_sorted: boolean };
type Answer = { body: { data: { tasks: Task[] } } };

/** Keeps what is written from the server until it is let go. */
export async function holdWrites(page: Page): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/api/v1/batch", async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

export const isWrite = (request: Request) => request.url().endsWith("/api/v1/batch");
