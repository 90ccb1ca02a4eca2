import type { AnswerOf, CallOf, EndpointSpec } from '@jishi/contracts/endpoint';
import {
  keepPreviousData,
  QueryClient,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { whenLeaving } from '../session/who.ts';
import { useWords } from '../words/words.tsx';
import { onceAtATime } from './at-a-time.ts';
import { call, forgetTokens } from './call.ts';
import { type Trouble, troubleOf } from './trouble.ts';

const FRESH_MS = 5_000;

/** One cache for the page. A refusal is an answer: only a lost connection is asked again. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      retry: (count, error) => count < 1 && troubleOf(error, 'zh').status === null,
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});

whenLeaving(() => {
  forgetTokens();
  queries.clear();
});

export interface ReadOptions {
  /** False while what is asked for is not known yet. */
  readonly when?: boolean;
  /** Ask again by itself, for pages that are watched. */
  readonly everyMs?: number;
  /** Keep the answer before while the next page or filter is read. */
  readonly keep?: boolean;
}

const keyOf = (spec: EndpointSpec, what: object): readonly unknown[] => [
  spec.service,
  spec.path,
  what,
];

/** Reads an endpoint; the answer is kept, shared between components, and read again when stale. */
export const useRead = <E extends EndpointSpec>(
  spec: E,
  what: CallOf<E> = {},
  options: ReadOptions = {},
): UseQueryResult<AnswerOf<E>> =>
  useQuery<AnswerOf<E>>({
    queryKey: keyOf(spec, what),
    queryFn: () => call(spec, what),
    enabled: options.when ?? true,
    ...(options.everyMs ? { refetchInterval: options.everyMs } : {}),
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
  });

type Mutation<E extends EndpointSpec> = UseMutationResult<AnswerOf<E>, unknown, CallOf<E>>;

/** Without the callbacks of a single call: they are dropped once its component is gone. */
export type Act<E extends EndpointSpec> = Pick<
  Mutation<E>,
  'data' | 'error' | 'isPending' | 'isSuccess' | 'reset'
> & {
  readonly mutate: (what: CallOf<E>) => void;
  /** Resolves when what was read has been read again, whether its component is there or not. */
  readonly mutateAsync: (what: CallOf<E>) => Promise<AnswerOf<E>>;
};

/**
 * Does something that changes a service. Afterwards everything read from that service is read
 * again. Put the command id into the call when the form opens, not here: a second press or a retry
 * then has one effect. `onDone` comes before the reading, what waits for `mutateAsync` after it.
 */
export const useAct = <E extends EndpointSpec>(
  spec: E,
  onDone?: (answer: AnswerOf<E>) => void,
  onRefused?: (error: unknown) => void,
): Act<E> => {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (what: CallOf<E>) =>
      // A file has no text: its id in the query tells it from another.
      onceAtATime(JSON.stringify([spec.method, keyOf(spec, what)]), () => call(spec, what)),
    onSuccess: async (answer) => {
      onDone?.(answer);
      await cache.invalidateQueries({ queryKey: [spec.service] });
    },
    ...(onRefused ? { onError: onRefused } : {}),
  });
};

/** The trouble of a query or an act, in the reader's language; null when there is none. */
export const useTrouble = (of: { readonly error: unknown }): Trouble | null => {
  const { language } = useWords();
  return of.error ? troubleOf(of.error, language) : null;
};
