/** The forms of addresses that Istio's own checks take. Each function says what is wrong, or nothing. */

const octet = /^(?:0|[1-9]\d{0,2})$/
const group = /^[0-9a-fA-F]{1,4}$/
const label = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/

export function isIPv4(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => octet.test(part) && Number(part) <= 255)
}

export function isIPv6(text: string): boolean {
  const [address = '', zone, ...more] = text.split('%')
  if (more.length > 0 || zone === '') return false
  const halves = address.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const last = groups.at(-1) ?? ''
  const dotted = last.includes('.')
  if (dotted && !isIPv4(last)) return false
  const count = groups.length + (dotted ? 1 : 0)
  return groups.slice(0, dotted ? -1 : undefined).every((part) => group.test(part)) && fits(count, halves.length)
}

/** `::` stands for one group at least. */
function fits(count: number, halves: number): boolean {
  return halves === 2 ? count <= 7 : count === 8
}

export function isIP(text: string): boolean {
  return isIPv4(text) || isIPv6(text)
}

/** A range such as `10.0.0.0/8`. */
export function isRange(text: string): boolean {
  const [address = '', bits = '', ...more] = text.split('/')
  if (more.length > 0 || !octet.test(bits) || address.includes('%')) return false
  return isIPv4(address) ? Number(bits) <= 32 : isIPv6(address) && Number(bits) <= 128
}

/** A host's name: DNS labels in any case, of which the last one is no number; it may end with a dot. */
export function isDomain(text: string): boolean {
  if (text === '' || text.length > 255) return false
  const labels = text.split('.')
  if (labels.length > 1 && labels.at(-1) === '') labels.pop()
  return labels.every((part) => label.test(part)) && !/^\d+$/.test(labels.at(-1) ?? '')
}

/** The same, of which the first label may be or begin with `*`. */
export function isWildcardDomain(text: string): boolean {
  const [first = '', ...rest] = text.split('.')
  if (first !== '*' && !label.test(first.replace(/^\*-?/, ''))) return false
  return rest.length === 0 || isDomain(rest.join('.'))
}

/** A trust domain: DNS labels in any case. */
export function isTrustDomain(text: string): boolean {
  const labels = text.split('.')
  if (labels.length > 1 && labels.at(-1) === '') labels.pop()
  return text.length <= 255 && labels.every((part) => label.test(part))
}

/** What is wrong with `host:port`, as the end of a sentence; nothing when it is one. */
export function hostPortMistake(text: string): string | undefined {
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:]*)):([^:]*)$/.exec(text) ?? []
  if (port === undefined) return text.includes(':') ? 'it has too many colons' : 'it has no port'
  if (!/^\d+$/.test(port) || Number(port) < 1 || Number(port) > 65535) return `"${port}" is no port`
  const host = bracketed ?? plain ?? ''
  return isDomain(host) || isIP(host) ? undefined : `"${host}" is neither a host name nor an IP address`
}
