"use client";

import { Button } from "@/app/_ui/button";
import { makeId } from "@/lib/board/gestures";
import { adding } from "@/lib/board/verbs";
import { Empty } from "../_lists/empty";
import { useApp } from "../_shell/app-context";
import { useNames } from "../_shell/use-names";

export function CreateInstead({ title }: { title: string }) {
  const { board, ui } = useApp();
  const names = useNames();
  const create = () => {
    const id = makeId();
    board.act(adding(board.view(), [{ id, title, place: "unsorted" }], names));
    ui.set({ focus: id });
  };
  return (
    <Empty text="Words of the title or the notes, in any order. What is deleted is only searched on demand.">
      <Button icon="plus" onClick={create}>
        Create task “{title}”
      </Button>
    </Empty>
  );
}
