/**
 * Parameters by name, with underscores for hyphens: `filter[organization-id]` is `filter[organization_id]`. A parameter that
 * comes twice (`filter[id][]=1&filter[id][]=2`) is a list with commas, as if it had come that way.
 */
export function parseQueryString(text: string): Record<string, string> {
  const parameters = new Map<string, string>();
  for (const [rawName, value] of new URLSearchParams(text)) {
    const name = rawName.replace(/\[\]$/u, '').replaceAll('-', '_');
    const before = parameters.get(name);
    parameters.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(parameters);
}

/** The values of a list with commas; `\,` is a comma of the value. */
export function splitList(text: string): string[] {
  const values: string[] = [];
  let value = '';
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (letter === '\\' && text.charAt(at + 1) === ',') {
      value += ',';
      at += 1;
    } else if (letter === ',') {
      values.push(value);
      value = '';
    } else {
      value += letter;
    }
  }
  return [...values, value].map((one) => one.trim()).filter((one) => one !== '');
}
