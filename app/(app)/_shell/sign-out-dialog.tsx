"use client";

import { useCallback, useEffect, useState } from "react";
import { Button } from "@/app/_ui/button";
import { Dialog, DialogActions } from "@/app/_ui/dialog";

type Props = { unsaved: number; onLeave: () => Promise<void>; onClose: () => void };

export function SignOutDialog({ unsaved, onLeave, onClose }: Props) {
  const [isLeaving, setIsLeaving] = useState(false);
  const [changes, them, are] =
    unsaved === 1 ? ["1 change is", "it", "it is"] : [`${unsaved} changes are`, "them", "they are"];
  const leave = useCallback(() => {
    setIsLeaving(true);
    void onLeave().finally(onClose);
  }, [onLeave, onClose]);
  // Most of the time they are only on their way.
  useEffect(() => {
    if (unsaved === 0 && !isLeaving) leave();
  }, [unsaved, isLeaving, leave]);
  return (
    <Dialog title="Sign out without saving?" onClose={onClose}>
      <p>
        {changes} not saved yet. Once {are}, you are signed out. Signing out now throws {them} away.
      </p>
      <DialogActions>
        <Button onClick={onClose}>Stay signed in</Button>
        <Button
          variant="danger"
          icon="trash"
          onClick={isLeaving ? undefined : leave}
          aria-disabled={isLeaving}
        >
          Sign out now
        </Button>
      </DialogActions>
    </Dialog>
  );
}
