import { Integer } from '../../gotemplate/value.ts'

/** Sets a member of a map as data, even one named `__proto__`. */
export function put(map: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true })
  else map[key] = value
}

/** Whether a value is what YAML calls a map. */
export function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Integer)
}
