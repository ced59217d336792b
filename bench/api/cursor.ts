import { z } from "zod";
import type { Connection } from "../load/connection";

const Page = z.object({ data: z.object({ next_cursor: z.string() }) });

/** Of the page that begins this far behind the newest task. */
export async function cursorAt(connection: Connection, token: string, offset: number): Promise<string> {
  const path = `/api/v1/tasks?limit=50&count=false&offset=${offset}`;
  const { body } = await connection.send({ method: "GET", path, token });
  return Page.parse(JSON.parse(body)).data.next_cursor;
}
