import { isMap } from '../k8s/object.ts'
import type { Report } from '../problem.ts'
import { map, truth } from './words.ts'

/** What a template can work with at a place: what it must be, whether a value is that, and how to make it so. */
const shapes = {
  text: { must: 'be text', fits: (value) => typeof value === 'string', hint: 'put quotes around it.' },
  'text or nothing': {
    must: 'be text',
    fits: (value) => value === undefined || value === null || typeof value === 'string',
    hint: 'put quotes around it.',
  },
  'true or false': {
    must: 'be true or false',
    fits: (value) => value === undefined || value === null || typeof value === 'boolean',
    hint: 'write true or false, without quotes.',
  },
  map: { must: 'be a map', fits: isMap, hint: 'remove it, or write `key: value` pairs.' },
  'map or nothing': {
    must: 'be a map',
    fits: (value) => !truth(value) || isMap(value),
    hint: 'remove it, or write `key: value` pairs.',
  },
  // Looked into with parentheses, which forgive null alone.
  'map or null': {
    must: 'be a map',
    fits: (value) => value === undefined || value === null || isMap(value),
    hint: 'remove it, or write `key: value` pairs.',
  },
  'list or nothing': {
    must: 'be a list',
    fits: (value) => !truth(value) || Array.isArray(value),
    hint: 'write a list, or [] for none.',
  },
  // A loop behind a condition: what counts as nothing is never walked, and a map is walked like a list.
  'members if any': {
    must: 'be a list',
    fits: (value) => !truth(value) || typeof value === 'object',
    hint: 'write a list, or [] for none.',
  },
  'members or nothing': {
    must: 'be a list',
    fits: (value) => value === undefined || value === null || typeof value === 'object',
    hint: 'write a list, or [] for none.',
  },
  'maps or nothing': {
    must: 'be a list of maps',
    fits: (value) => value === undefined || value === null || members(value)?.every(isMap) === true,
    hint: 'write a list of `key: value` pairs, or [] for none.',
  },
} as const satisfies { [name: string]: { must: string; fits: (value: unknown) => boolean; hint: string } }

/** A dotted path among the values, the shape that is needed there, and whether anything reads it at all. */
export type Demand = readonly [path: string, shape: keyof typeof shapes, read?: boolean]

/**
 * Reports `unrenderable-value` for each value at which Istio's templates would stop: a comparison, a loop or a field
 * needs another type. `written` tells where under `spec` the user writes the value of a path.
 */
export function checkShapes(
  values: unknown,
  demands: readonly Demand[],
  written: (path: string) => string,
  report: Report,
): void {
  for (const [path, shape, read = true] of demands) {
    const { must, fits, hint } = shapes[shape]
    let value = values
    for (const key of path.split('.')) value = map(value)[key]
    if (!read || fits(value)) continue
    const place = `spec.${written(path)}`
    report({
      code: 'unrenderable-value',
      severity: 'error',
      message: `\`${place}\` must ${must}, not ${JSON.stringify(value ?? null)}`,
      path: place,
      hint,
    })
  }
}

function members(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value
  return isMap(value) ? Object.values(value) : undefined
}
