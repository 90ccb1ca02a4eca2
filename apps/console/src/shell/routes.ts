import type { Role } from '@jishi/contracts/roles';
import type { ComponentType } from 'react';

/** The values of the `:names` of a route's path. */
export type PathValues = Readonly<Record<string, string>>;
export interface PageProps {
  readonly values: PathValues;
}

export interface Route {
  /** With `:name` for a part that varies, such as `/desk/listings/:listingId`. */
  readonly path: string;
  readonly title: { readonly zh: string; readonly en: string };
  /** `public`: anybody. `signed-in`: any member. Otherwise one of these roles. */
  readonly access: 'public' | 'signed-in' | readonly Role[];
  readonly load: () => Promise<ComponentType<PageProps>>;
}

const namesOf = (pattern: string): string[] =>
  [...pattern.matchAll(/:(\w+)/g)].map((m) => m[1] ?? '');

const expressionOf = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replace(/:\w+/g, '([^/]+)')}/?$`);

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** The values of a pattern in a path; null when the path is another one. */
export const matchPath = (pattern: string, path: string): PathValues | null => {
  const found = expressionOf(pattern).exec(path);
  if (!found) return null;
  return Object.fromEntries(namesOf(pattern).map((name, i) => [name, decoded(found[i + 1] ?? '')]));
};

/** The route of a path. One without `:names` goes before one with: `/new` before `/:id`. */
export const findRoute = (
  routes: readonly Route[],
  path: string,
): { readonly route: Route; readonly values: PathValues } | null => {
  const plainFirst = [...routes].sort((a, b) => namesOf(a.path).length - namesOf(b.path).length);
  for (const route of plainFirst) {
    const values = matchPath(route.path, path);
    if (values) return { route, values };
  }
  return null;
};

export const mayOpen = (route: Route, roles: readonly Role[] | null): boolean => {
  if (route.access === 'public') return true;
  if (roles === null) return false;
  return route.access === 'signed-in' || route.access.some((role) => roles.includes(role));
};
