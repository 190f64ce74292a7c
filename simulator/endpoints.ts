/** What a route is found by. */
export interface Addressed {
  readonly method: string;
  /** Below the API's root, with placeholders for parameters. */
  readonly path: string;
}

/** A route for a path and verb with the values of the path's parameters; or whether the path exists for other verbs. */
export type Found<Route> = { readonly route: Route; readonly ids: readonly string[] } | 'wrong verb' | 'no such path';

/**
 * Looks up routes by verb and path, whatever the case, with or without a slash at the end.
 *
 * @param placeholders regular expressions by placeholder, e.g. `{}`; each in one group
 */
export function createEndpoints<Route extends Addressed>(
  routes: readonly Route[],
  placeholders: Readonly<Record<string, string>>,
): (method: string, path: string) => Found<Route> {
  const endpoints = routes.map((route) => {
    const pattern = Object.entries(placeholders).reduce((path, [name, is]) => path.replaceAll(name, is), route.path);
    return { route, pattern: new RegExp(`^/${pattern}/?$`, 'iu') };
  });
  return (method, path) => {
    const there = endpoints.filter(({ pattern }) => pattern.test(path));
    const endpoint = there.find(({ route }) => route.method === method);
    if (!endpoint) return there.length > 0 ? 'wrong verb' : 'no such path';
    const ids = (endpoint.pattern.exec(path) ?? []).slice(1).map(decoded);
    return { route: endpoint.route, ids };
  };
}

/** A part of a path; as it stands where it is wrongly encoded. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The path below the API's root, which ends without a slash; undefined outside of it. */
export function below(root: string, path: string): string | undefined {
  return path.toLowerCase().startsWith(`${root}/`) ? path.slice(root.length) : undefined;
}
