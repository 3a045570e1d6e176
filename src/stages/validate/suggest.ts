import { elsewhere } from '../../istio/schema/elsewhere.ts'
import { namesIn, type TypeSource } from '../../k8s/json-schema.ts'
import { dotted, nearest, type Path } from '../../problem.ts'
import { trace } from './trace.ts'

/** At most so many names are listed when none is near. */
const few = 14

/**
 * What to do about a field that nobody knows: where it went or belongs, if that is known; a name like it; the place
 * nearby that has a field of that name; else the names that there are, or how to see them.
 */
export function suggestField(path: Path, key: string, root: string, source: TypeSource): string {
  const moved = elsewhere(dotted([...path, key]))
  if (moved) return moved
  const { shape } = trace(path, root, source)
  const known = typeof shape === 'string' ? Object.keys(source(shape)?.fields ?? {}) : []
  const [close] = nearest(key, known)
  if (close !== undefined) return `did you mean \`${close}\`?`
  const place = nearby(path, key, root, source)
  if (place) return `it belongs elsewhere: did you mean \`${dotted(place)}\`?`
  return known.length > 0 && known.length <= few
    ? `known here: ${known.map((name) => `\`${name}\``).join(', ')}.`
    : 'take it out; `render-istio schema` prints all that there is.'
}

/** The nearest place with a field of that very name: below the path first, then below what is around it. */
function nearby(path: Path, key: string, root: string, source: TypeSource): Path | undefined {
  for (let length = path.length; length > 0; length--) {
    const around = path.slice(0, length)
    // Items of lists have their own say; what another list's items know doesn't help.
    const found = typeof path[length] === 'number' ? undefined : below(around, key, root, source)
    if (found) return found
  }
  return undefined
}

/** Looks two levels deep, level by level. */
function below(path: Path, key: string, root: string, source: TypeSource): Path | undefined {
  const { shape } = trace(path, root, source)
  let level: { type: string; path: Path }[] = typeof shape === 'string' ? [{ type: shape, path }] : []
  for (let depth = 0; depth < 3; depth++) {
    const hit = level.find(({ type }) => Object.hasOwn(source(type)?.fields ?? {}, key))
    if (hit) return [...hit.path, key]
    level = level.flatMap(({ type, path }) =>
      Object.entries(source(type)?.fields ?? {}).flatMap(([name, { holds, deprecated }]) =>
        typeof holds === 'string' && !deprecated ? namesIn(holds).map((type) => ({ type, path: [...path, name] })) : [],
      ),
    )
  }
  return undefined
}
