"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Dialog, DialogActions } from "@/app/_ui/dialog";
import type { Task } from "@/lib/client/client";
import { useApp } from "../_shell/app-context";
import { purge } from "./purge";

type Props = { task: Task; onClose(): void; onGone(): void };

export function DeleteForever({ task: { id, title }, onClose, onGone }: Props) {
  const { board, client } = useApp();
  const [state, setState] = useState<"asking" | "deleting" | "failed">("asking");
  const run = async () => {
    if (state === "deleting") return;
    setState("deleting");
    try {
      await purge(client, id);
    } catch {
      return setState("failed");
    }
    board.notices.say(`Deleted “${title}” forever`);
    onGone();
  };
  return (
    <Dialog title={`Delete “${title}” forever?`} onClose={onClose}>
      <p>This cannot be undone.</p>
      {state === "failed" && <p role="alert">It could not be deleted. It is still in the trash.</p>}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="danger" icon="trash" aria-disabled={state === "deleting"} onClick={() => void run()}>
          {state === "failed" ? "Retry" : "Delete forever"}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
