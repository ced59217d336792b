import type { Page } from "playwright/test";
import { addressOf, pages } from "../../support/pages";
import { type BoardFixture, row } from "../board-fixtures";

/** A small phone, and 400 % of a screen of 1280 by 1024. */
export const NARROW = [
  { width: 320, height: 640 },
  { width: 320, height: 256 },
] as const;

/** Where a person can be: every page, with every kind of task on it. */
export const PLACES = pages.map((page) => ({ name: page.route, page }));

const LONG = "Ask the neighbours about the fence, the hedge and the apple tree before the winter comes";

/** Something of each kind: a date, a late one, notes, a long title, unsorted, done, and one in the trash. */
export async function fill({ api, seed }: BoardFixture): Promise<string> {
  const ids = await seed(
    {
      title: "A",
      due_datetime: "2026-10-13T00:00:00.000Z",
      due_all_day: true,
      description: "Ask for a receipt.",
    },
    { title: "B", due_datetime: "2026-10-14T15:00:00.000Z" },
    { title: LONG },
    { title: "C", in: "schedule", due_datetime: "2026-10-16T00:00:00.000Z", due_all_day: true },
    { title: "D", in: "delegate" },
    { title: "E", in: "drop" },
    { title: "F", in: "unsorted" },
    "Done before",
    "Thrown away",
  );
  await api("PATCH", `/api/v1/tasks/${ids["Done before"]}`, { body: { is_completed: true } });
  await api("DELETE", `/api/v1/tasks/${ids["Thrown away"]}`);
  return ids.A ?? "";
}

/** Pages for strangers send home who is signed in. */
export async function visit(
  page: Page,
  { board, place, taskId }: { board: BoardFixture; place: (typeof PLACES)[number]; taskId: string },
): Promise<Page> {
  const address = addressOf(place.page, taskId);
  if (place.page.isForSignedIn) return board.open(address);
  await page.goto(address);
  return page;
}

export type Layer = {
  name: string;
  path?: string;
  open(page: Page): Promise<void>;
  /** What is there once it is open. */
  shown(page: Page): ReturnType<Page["locator"]>;
};

const withKey = (key: string) => async (page: Page) => {
  await row(page, "A").focus();
  await page.keyboard.press(key);
};

const typing = (key: string, text: string) => async (page: Page) => {
  await withKey(key)(page);
  await page.locator("dialog[open]").waitFor();
  await page.keyboard.type(text);
};

const clicking = (name: string | RegExp) => (page: Page) =>
  page.getByRole("button", { name }).first().click();

const dialog = (page: Page) => page.locator("dialog[open]");

/** Whatever opens over a page or in it. */
export const LAYERS: readonly Layer[] = [
  { name: "the menu of a card", open: withKey("m"), shown: (page) => page.getByRole("menu") },
  {
    name: "the due picker",
    open: withKey("d"),
    shown: (page) => page.getByRole("dialog", { name: /^Due date/ }),
  },
  { name: "quick add", open: typing("q", "Pay rent tomorrow !1"), shown: dialog },
  { name: "the palette", open: typing("Control+k", "sched"), shown: dialog },
  { name: "the shortcut sheet", open: withKey("?"), shown: dialog },
  {
    name: "the task beside the board",
    open: withKey("o"),
    shown: (page) => page.getByRole("complementary", { name: "Task" }),
  },
  {
    name: "the selection bar",
    open: withKey("x"),
    shown: (page) => page.getByRole("region", { name: "Selection" }),
  },
  {
    name: "a notification",
    open: withKey("Space"),
    shown: (page) => page.getByRole("region", { name: "Notifications" }).getByRole("listitem"),
  },
  { name: "the row for a new task", open: withKey("a"), shown: (page) => page.getByLabel(/^New task/) },
  {
    name: "a title that is edited",
    open: withKey("e"),
    shown: (page) => row(page, "A").getByRole("textbox"),
  },
  {
    name: "the account menu",
    open: clicking(/^Account/),
    shown: (page) => page.getByRole("button", { name: "Sign out" }),
  },
  {
    name: "a filter that lets nothing through",
    path: "/matrix?q=nowhere",
    open: async () => {},
    shown: (page) => page.getByText("Nothing here matches the filter.").filter({ visible: true }).first(),
  },
  {
    name: "the help of the filter",
    open: (page) => page.getByRole("search").locator("summary").click(),
    shown: (page) => page.getByRole("search").locator("dl"),
  },
  { name: "the question before deleting", path: "/trash", open: clicking(/^Delete/), shown: dialog },
  { name: "the question before emptying the trash", path: "/trash", open: clicking(/^Empty/), shown: dialog },
];

export async function openLayer(board: BoardFixture, layer: Layer): Promise<Page> {
  const page = await board.open(layer.path);
  await layer.open(page);
  await layer.shown(page).waitFor();
  return page;
}
