"use client";

import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { Button } from "./button";
import styles from "./dialog.module.css";

type Props = {
  title: string;
  /** Esc, the cross and whatever else closes it. */
  onClose: () => void;
  /** The first control in it gets the focus: what destroys something begins with Cancel. */
  children: ReactNode;
  /** When there is no way around it. */
  isRequired?: boolean;
};

/** Open for as long as it is rendered. The focus returns to where it was. */
export function Dialog({ title, onClose, children, isRequired = false }: Props) {
  const id = useId();
  const ref = useRef<HTMLDialogElement>(null);

  // A passive effect would end after the element is gone, and the focus with it.
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);

  return (
    <dialog
      ref={ref}
      className={styles.dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        if (!isRequired) onClose();
      }}
      onClose={({ currentTarget }) => {
        // A second Esc closes it whatever anybody says.
        if (currentTarget.open) return;
        if (isRequired) currentTarget.showModal();
        else onClose();
      }}
    >
      <div className={styles.content}>
        <h2 id={id}>{title}</h2>
        {children}
        {!isRequired && (
          <Button
            variant="quiet"
            icon="close"
            aria-label="Close"
            className={styles.close}
            onClick={onClose}
          />
        )}
      </div>
    </dialog>
  );
}

/** The buttons at its end. */
export const DialogActions = ({ children }: { children: ReactNode }) => (
  <div className={styles.actions}>{children}</div>
);
