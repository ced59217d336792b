import type { Metadata } from "next";
import { TaskDetail } from "../../_board/task-detail";

export const metadata: Metadata = { title: "Task" };

export default async function TaskPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <>
      <h1 className="visually-hidden">Task</h1>
      <TaskDetail id={id} />
    </>
  );
}
