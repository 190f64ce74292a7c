/**
 * SQL Server's LIKE, without case: `%` and `*` stand for any text, `_` for one character, `[abc]` for one of these, so
 * that `[[]` is a bracket itself.
 */
export function compileLike(pattern: string): (text: string) => boolean {
  let source = '';
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    const end = character === '[' ? pattern.indexOf(']', at + 2) : -1;
    if (character === '%' || character === '*') source += '.*';
    else if (character === '_') source += '.';
    else if (end > 0) {
      source += characterClass(pattern.slice(at + 1, end));
      at = end;
    } else source += escape(character);
  }
  const expression = new RegExp(`^${source}$`, 'is');
  return (text) => expression.test(text);
}

function characterClass(members: string): string {
  const negated = members.length > 1 && members.startsWith('^');
  const listed = (negated ? members.slice(1) : members).replace(/[\\\]^[]/g, '\\$&');
  return `[${negated ? '^' : ''}${listed}]`;
}

function escape(character: string): string {
  return character.replace(/[\\^$.|?*+()[\]{}/-]/g, '\\$&');
}

/** `[[]` outside of LIKE: the same escape is written in every text. */
export function unescapeBracket(text: string): string {
  return text.replaceAll('[[]', '[');
}
