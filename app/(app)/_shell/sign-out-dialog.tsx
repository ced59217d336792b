"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Dialog, DialogActions } from "@/app/_ui/dialog";

type Props = { unsaved: number; onLeave: () => Promise<void>; onClose: () => void };

export function SignOutDialog({ unsaved, onLeave, onClose }: Props) {
  const [isLeaving, setIsLeaving] = useState(false);
  const changes = unsaved === 1 ? "1 change is" : `${unsaved} changes are`;
  const leave = () => {
    setIsLeaving(true);
    void onLeave().finally(onClose);
  };
  return (
    <Dialog title="Sign out without saving?" onClose={onClose}>
      <p>
        {changes} not saved yet. Signing out throws {unsaved === 1 ? "it" : "them"} away.
      </p>
      <DialogActions>
        <Button onClick={onClose}>Stay signed in</Button>
        <Button variant="danger" icon="trash" onClick={leave} aria-disabled={isLeaving}>
          Sign out
        </Button>
      </DialogActions>
    </Dialog>
  );
}
