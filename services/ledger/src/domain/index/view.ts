/** Who looks: operator and auditor exactly, everybody else by the disclosure rule. */
export type View = 'exact' | 'public';
