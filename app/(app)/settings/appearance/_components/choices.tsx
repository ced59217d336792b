import styles from "../../_components/settings.module.css";

type Props<Value extends string> = {
  legend: string;
  name: string;
  options: readonly (readonly [Value, string])[];
  value: Value;
  onChoose: (value: Value) => void;
};

export const Choices = <Value extends string>({ legend, name, options, value, onChoose }: Props<Value>) => (
  <fieldset className={styles.choices}>
    <legend>{legend}</legend>
    <div>
      {options.map(([option, label]) => (
        <label key={option} className={styles.choice}>
          <input
            type="radio"
            name={name}
            value={option}
            checked={option === value}
            onChange={() => onChoose(option)}
          />
          {label}
        </label>
      ))}
    </div>
  </fieldset>
);
