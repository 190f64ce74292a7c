/** A text as JSON; undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A text as JSON, or as it is where it is none. */
export function jsonOrText(text: string): unknown {
  const json = parseJson(text);
  return json === undefined ? text : json;
}
