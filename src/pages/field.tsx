import type { ComponentChildren, JSX } from 'preact';
import type { Look } from './look.ts';

/** A wrong field: its name in the form, and a sentence in the page's language. */
export interface Mistake {
  field: string;
  text: string;
}

/** What was typed into a form, by field; it always comes back with the page. */
export type Typed = Readonly<Record<string, string>>;

export interface FormState {
  typed: Typed;
  mistakes: readonly Mistake[];
}

interface FieldProps {
  form: FormState;
  name: string;
  label: ComponentChildren;
  hint?: string | undefined;
  optional?: string | undefined;
}

type InputProps = FieldProps &
  Pick<
    JSX.HTMLAttributes<HTMLInputElement> & JSX.InputHTMLAttributes<HTMLInputElement>,
    'type' | 'autocomplete' | 'inputMode' | 'min' | 'max' | 'maxLength' | 'autocapitalize'
  >;

/** One input with its label, its hint and what is wrong with it, tied together for every reader. */
export function Field({ form, name, label, hint, optional, ...input }: InputProps) {
  const { described, mistake } = readersOf(form, name, hint);
  return (
    <div class="field">
      <Label name={name} label={label} optional={optional} />
      {hint && <Hint name={name} text={hint} />}
      <input
        {...input}
        id={name}
        name={name}
        value={form.typed[name] ?? ''}
        {...described}
        {...(mistake && { 'aria-invalid': 'true' as const })}
      />
      {mistake && <Wrong name={name} text={mistake.text} />}
    </div>
  );
}

export interface Choice {
  value: string;
  label: string;
  /** What choosing it costs, for whoever adds up. */
  priceIdr?: number;
}

/** One choice of several, with its label. */
export function Select({
  form,
  name,
  label,
  hint,
  choices,
}: FieldProps & { choices: readonly Choice[] }) {
  const { described, mistake } = readersOf(form, name, hint);
  return (
    <div class="field">
      <Label name={name} label={label} />
      {hint && <Hint name={name} text={hint} />}
      <select
        id={name}
        name={name}
        {...described}
        {...(mistake && { 'aria-invalid': 'true' as const })}
      >
        {choices.map(({ value, label: text, priceIdr }) => (
          <option
            key={value}
            value={value}
            selected={value === form.typed[name]}
            data-price={priceIdr}
          >
            {text}
          </option>
        ))}
      </select>
      {mistake && <Wrong name={name} text={mistake.text} />}
    </div>
  );
}

/** What is wrong, all at once and first on the page, each with a link to its field. */
export function Mistakes({ look, form }: { look: Look; form: FormState }) {
  if (form.mistakes.length === 0) return null;
  return (
    <section class="notice bad" role="alert" tabIndex={-1} autofocus id="mistakes">
      <h2>{look.t('page-mistakes', { count: form.mistakes.length })}</h2>
      <ul>
        {form.mistakes.map(({ field, text }) => (
          <li key={`${field} ${text}`}>
            <a href={`#${field}`}>{text}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Label({ name, label, optional }: Pick<FieldProps, 'name' | 'label' | 'optional'>) {
  return (
    <label for={name}>
      {label} {optional && <small>({optional})</small>}
    </label>
  );
}

function Hint({ name, text }: { name: string; text: string }) {
  return (
    <small class="hint" id={`${name}-hint`}>
      {text}
    </small>
  );
}

function Wrong({ name, text }: { name: string; text: string }) {
  return (
    <small class="wrong" id={`${name}-wrong`}>
      {text}
    </small>
  );
}

function readersOf(form: FormState, name: string, hint: string | undefined) {
  const mistake = form.mistakes.find((candidate) => candidate.field === name);
  const ids = [hint && `${name}-hint`, mistake && `${name}-wrong`].filter(Boolean);
  return { mistake, described: ids.length > 0 ? { 'aria-describedby': ids.join(' ') } : {} };
}
