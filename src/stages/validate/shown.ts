import { isMap } from '../../k8s/object.ts'
import type { Path } from '../../problem.ts'

const secretName = /token|secret|passw|credential|private.?key|api.?key|ca.?bundle|certificate|\bpem$/i
const secretText = /-----BEGIN|^eyJ[\w-]+\.|^[A-Za-z0-9+/_-]{40,}={0,2}$/
const longest = 60

/** Whether a value looks like a secret, by what it is called or by itself; `around` is the map that it is a member of. */
export function isSecret(value: unknown, path: Path, around?: unknown): boolean {
  if (typeof value !== 'string') return false
  // An item is called as its list is.
  const names = [path.findLast((step) => typeof step === 'string'), isMap(around) ? around.name : undefined]
  return secretText.test(value) || names.some((name) => typeof name === 'string' && secretName.test(name))
}

/** A value as a message quotes it: `"text"`, `5`, "a list", "a map"; not what looks like a secret. */
export function shown(value: unknown, path: Path, around?: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (isMap(value)) return 'a map'
  if (typeof value !== 'string') return value === undefined ? 'absent' : JSON.stringify(value)
  if (isSecret(value, path, around)) return 'text that is not shown here, as it may be secret'
  return JSON.stringify(value.length > longest ? `${value.slice(0, longest)}…` : value)
}
