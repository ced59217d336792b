import styles from "./mini-board.module.css";
import { AXES, type Axis, type Sample } from "./samples";

type Props = { task: Sample; onFlip: (axis: Axis) => void; onDone: () => void };

export const MiniCard = ({ task, onFlip, onDone }: Props) => (
  <li className={styles.card}>
    <label className={styles.title}>
      <input
        type="checkbox"
        checked={task.isDone}
        aria-label={`Complete ${task.title}`}
        className={styles.done}
        onChange={onDone}
      />
      <span>{task.isDone ? <s>{task.title}</s> : task.title}</span>
    </label>
    <span className={styles.axes}>
      {AXES.map(([axis, label]) => (
        <button
          key={axis}
          type="button"
          id={`${task.id}-${axis}`}
          aria-pressed={task[axis]}
          aria-label={`${label}: ${task.title}`}
          className={styles.axis}
          onClick={() => onFlip(axis)}
        >
          {label}
        </button>
      ))}
    </span>
  </li>
);
