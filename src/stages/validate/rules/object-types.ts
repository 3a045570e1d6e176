import { components } from '../../../components/index.ts'
import { map, raw } from '../../../components/words.ts'
import type { Fields } from '../../../k8s/object.ts'
import { selector, splitPath } from '../../../k8s/path.ts'
import type { Shape } from '../../../k8s/types.ts'
import { isOfType, stepsTo, typeInWords, walkTyped } from '../../../k8s/walk.ts'
import { dotted, type Path } from '../../../problem.ts'
import { isSecret } from '../../../problems/secret.ts' // on demand
import { display } from '../../order/display.ts'
import type { Rendered } from '../../stage.ts'
import { read } from '../read.ts'
import { shown } from '../shown.ts'
import { blame } from './blame.ts' // on demand
import { fieldReference, resourceReference } from './field-references.ts'
import { type Mesh, type MeshRule, type MeshTell, planeOf } from './mesh.ts'

/** What else is held against the API where these types stand. */
const held: {
  readonly [type: string]: (mesh: Mesh, item: Rendered, value: Fields, path: Path, tell: MeshTell) => void
} = {
  'core/v1.EnvVar': variable,
  'core/v1.ObjectFieldSelector': fieldReference,
  'core/v1.ResourceFieldSelector': resourceReference,
}

/**
 * Reports `wrong-type` where an object came to hold another type than the API's: what an overlay writes is as YAML reads
 * it, and some values are printed without quotes. The API server refuses all of it. Reports `not-allowed-value` for
 * references to fields and resources that it doesn't know.
 */
export const objectTypes: MeshRule = (mesh, tell) => {
  for (const item of mesh.rendered) {
    walkTyped(item.object, (value, shape, place) => {
      if (!isOfType(value, shape)) {
        const path = stepsTo(place)
        if (!isVariableName(path)) other(mesh, item, { value, shape, path }, tell)
      } else if (typeof shape === 'string' && Object.hasOwn(held, shape)) {
        held[shape]?.(mesh, item, map(value), stepsTo(place), tell)
      }
    })
  }
}

function isVariableName(path: Path): boolean {
  return path.at(-1) === 'name' && path.at(-3) === 'env'
}

interface Found {
  readonly value: unknown
  readonly shape: Shape
  readonly path: Path
}

function other(mesh: Mesh, item: Rendered, { value, shape, path }: Found, tell: MeshTell): void {
  const plane = planeOf(mesh, item)
  const place = blame(mesh, item, path, value)
  const spec = { spec: plane?.spec }
  const said = read(spec, place)
  const isSaid = JSON.stringify(said) === JSON.stringify(value)
  if (!isSaid && goesBelow(read(spec, [...place.slice(0, -1), 'path']), path)) return
  const what = typeInWords(shape)
  const of = `\`${dotted(path)}\` of ${display(item.object)}`
  const around = read(item.object, path.slice(0, -1))
  const must = isSaid ? `be ${what}, as nothing else fits ${of}` : `make ${of} ${what}`
  const at = plane?.locate(place, 'value')
  // Numbers can be secrets, too, and only the object shows whether they are.
  if (isSecret(dotted(path))) {
    const hint = `write ${what}.`
    tell(item, { grade: 'mistake', code: 'wrong-type', path: place.slice(0, -1), at, must: `make ${of} ${what}`, hint })
    return
  }
  tell(item, {
    grade: 'mistake',
    code: 'wrong-type',
    path: place,
    must: `${must}; it is ${shown(value, path, around)}`,
    hint:
      what === 'text' && at?.file.startsWith('--')
        ? 'on the command line this is no text: write it into a file.'
        : what === 'text' && isSaid && typeof value !== 'object'
          ? `put it into quotes: \`${place.findLast((step) => typeof step === 'string')}: "${value}"\`.`
          : `write ${what}; the API server refuses anything else.`,
  })
}

/** Whether a patch selects an item there, and so makes a map of what is no list: that it missed is told already. */
function goesBelow(patch: unknown, place: Path): boolean {
  const segments = typeof patch === 'string' ? splitPath(patch).map(({ text }) => text) : []
  return segments.some((text, index) => text === place.at(-1) && selector(segments[index + 1] ?? '') !== undefined)
}

/** The charts print the names of variables without quotes, so that `YES` becomes true and `NULL` no name at all. */
function variable(mesh: Mesh, item: Rendered, one: Fields, path: Path, tell: MeshTell): void {
  const { name } = one
  if (typeof name === 'string') return
  const plane = planeOf(mesh, item)
  const root = components.find((component) => component.name === item.component)?.valuesRoot ?? []
  const env: Path = ['spec', 'values', ...root, 'env']
  const known = Object.keys(map(plane && read({ spec: plane.spec }, env)))
  const keys = known.filter((key) => /^[\w.~+-]+$/.test(key) && raw(key) === (name ?? null))
  for (const key of keys) {
    tell(item, {
      grade: 'mistake',
      code: 'wrong-type',
      path: [...env, key],
      part: 'key',
      must: `have a name that is text where it is printed; "${key}" is read as ${JSON.stringify(name ?? null)} there`,
      hint: 'list the variable in `k8s.env`, with its name in quotes.',
    })
  }
  if (keys.length > 0) return
  tell(item, {
    grade: 'mistake',
    code: 'wrong-type',
    path: blame(mesh, item, path, one),
    must: `give \`${dotted([...path, 'name'])}\` of ${display(item.object)} text; it is ${shown(name ?? null, path)}`,
    hint: 'name the variable, in quotes.',
  })
}
