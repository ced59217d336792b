import type { ComponentProps } from "react";
import styles from "./button.module.css";
import { Icon, type IconName } from "./icon";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger";

type Props = ComponentProps<"button"> & {
  variant?: ButtonVariant;
  /** Without children it is all there is to see: then `aria-label` says what the button does. */
  icon?: IconName;
};

export function Button({
  variant = "secondary",
  icon,
  type = "button",
  children,
  className,
  ...rest
}: Props) {
  const shape = icon && !children ? styles.square : "";
  const classes = `${buttonClass(variant)} ${shape} ${className ?? ""}`.trim();
  return (
    <button {...rest} type={type} className={classes}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** For a link that looks like a button. */
export const buttonClass = (variant: ButtonVariant = "secondary") => `${styles.button} ${styles[variant]}`;
