/** Names as they are compared: composed, trimmed, white space collapsed, case folded. */
export function fold(name: string | null | undefined): string {
  return (name ?? '').normalize('NFC').trim().replace(/\s+/gu, ' ').toUpperCase().toLowerCase().normalize('NFC');
}
