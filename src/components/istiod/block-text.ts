/** Text as a YAML block holds it that drops the line breaks at its end: so the charts write YAML into a ConfigMap. */
export function blockText(...parts: readonly string[]): string {
  return parts.join('').replace(/\n+$/, '')
}

/** The lines of a text, moved to the right by two spaces. */
export function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ')
}
