import { ApiError, type Client, type Task } from "@/lib/client/client";

/** What is gone already is gone as asked. */
export async function purge({ trash }: Client, id: string): Promise<void> {
  await trash.delete(id).catch((error: unknown) => {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
  });
}

export async function readWholeTrash({ trash }: Client, signal?: AbortSignal): Promise<Task[]> {
  const all: Task[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const { data } = await trash.list({ limit: 100, ...(cursor && { cursor }) }, signal ? { signal } : {});
    all.push(...data.tasks);
    cursor = data.next_cursor;
  }
  return all;
}
