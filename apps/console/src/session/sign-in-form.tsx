import { type FormEvent, useRef, useState } from 'react';
import { fill, type Language, useWords } from '../words/words.tsx';
import type { WordKey, Words } from '../words/zh.ts';
import { type Answer, signIn } from './session.ts';

export interface FieldErrors {
  readonly email?: WordKey;
  readonly password?: WordKey;
}

/** What can be said before asking the server; the server judges the rest. */
export const checkSignIn = (email: string, password: string): FieldErrors => ({
  ...(email.trim() === ''
    ? { email: 'emailMissing' }
    : /^[^\s@]+@[^\s@]+$/.test(email.trim())
      ? {}
      : { email: 'emailForm' }),
  ...(password === '' ? { password: 'passwordMissing' } : {}),
});

interface FormProblem {
  readonly text: string;
  readonly requestId: string | null;
}

/** A refusal in the form's own words; a fault with the number under which it can be asked about. */
const problemOf = (
  answer: Answer<unknown> & { ok: false },
  language: Language,
  t: Words,
): FormProblem => {
  const { status, problem: given } = answer;
  const requestId = given?.requestId ?? null;
  if (given?.type.endsWith('#sign-in-failed')) return { text: t.signInRefused, requestId: null };
  if (status === 429) return { text: t.signInLimited, requestId: null };
  const title = language === 'zh' ? given?.title : given?.titleEn;
  return { text: status === null || status >= 500 || !title ? t.signInDown : title, requestId };
};

const Field = (props: {
  name: 'email' | 'password';
  label: string;
  error: string | undefined;
  autoComplete: string;
}) => {
  const { name, label, error, autoComplete } = props;
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <input
        id={name}
        name={name}
        type={name}
        autoComplete={autoComplete}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${name}-error` : undefined}
      />
      {error ? (
        <p id={`${name}-error`} className="field-error">
          {error}
        </p>
      ) : null}
    </div>
  );
};

export const SignInForm = (props: { onSignedIn: () => void }) => {
  const { language, t } = useWords();
  const [errors, setErrors] = useState<FieldErrors>({});
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const [sending, setSending] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (sending || !form.current) return;
    const typed = new FormData(form.current);
    const email = String(typed.get('email') ?? '');
    const password = String(typed.get('password') ?? '');
    const found = checkSignIn(email, password);
    setErrors(found);
    setProblem(null);
    const firstWrong = found.email ? 'email' : found.password ? 'password' : null;
    if (firstWrong) {
      form.current.querySelector<HTMLInputElement>(`#${firstWrong}`)?.focus();
      return;
    }
    setSending(true);
    const answer = await signIn(email.trim(), password);
    setSending(false);
    if (answer.ok) props.onSignedIn();
    else setProblem(problemOf(answer, language, t));
  };

  return (
    <form ref={form} noValidate onSubmit={(event) => void send(event)} className="sign-in">
      <h1>{t.signIn}</h1>
      {problem ? (
        <p role="alert" className="form-problem">
          {problem.text}
          {problem.requestId ? ` ${fill(t.requestId, { id: problem.requestId })}` : ''}
        </p>
      ) : null}
      <Field
        name="email"
        label={t.email}
        autoComplete="username"
        error={errors.email && t[errors.email]}
      />
      <Field
        name="password"
        label={t.password}
        autoComplete="current-password"
        error={errors.password && t[errors.password]}
      />
      <button type="submit" className="primary" disabled={sending}>
        {sending ? t.signingIn : t.signIn}
      </button>
      <p className="hint">{t.signInHint}</p>
    </form>
  );
};
