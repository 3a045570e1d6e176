import { type ProfileName, profiles } from '../../istio/profiles.ts'
import { isMap } from '../../k8s/object.ts'
import { nearest, type Position, type Report } from '../../problem.ts'
import type { Document } from '../../yaml/document.ts'
import type { Layer } from './layers.ts'

/**
 * Finds a custom profile by the name or relative path that a document (or a flag, then `undefined`) gives; `refused`
 * when it has told already why it can't be had.
 */
export interface ProfileSource {
  readonly find: (
    name: string,
    from: Document | undefined,
    at: () => Position | undefined,
  ) => Document | 'refused' | undefined
  /** The names that would be found, for suggestions. */
  readonly names: readonly string[]
}

/** A profile that lies under a control plane. */
export interface ProfileLayer extends Layer {
  readonly builtIn: boolean
}

/**
 * The profiles under a control plane, lowest first: `default` under everything, then the chain that the name begins.
 * `at` finds where the name is written, which only a problem asks.
 * A custom profile is itself an IstioOperator and may name the profile that it stands on. Profiles that come with charts
 * (`packaged`) take the place of the built-in ones.
 *
 * Reports `unknown-profile` and `profile-cycle` where the name is written.
 */
export function profileLayers(
  name: string,
  from: Document | undefined,
  at: () => Position | undefined,
  source: ProfileSource,
  report: Report,
  packaged?: ReadonlyMap<string, Document>,
): readonly ProfileLayer[] {
  const known = packaged ? [...packaged.keys()] : Object.keys(profiles)
  const builtIn = (name: string) => builtInLayer(name, packaged?.get(name)?.value ?? profiles[name as ProfileName])
  const chain: ProfileLayer[] = []
  const seen: string[] = []
  let here = { name, from, at }
  for (;;) {
    if (here.name === 'default' || known.includes(here.name)) {
      if (here.name !== 'default') chain.push(builtIn(here.name))
      break
    }
    const document = source.find(here.name, here.from, here.at)
    if (document === 'refused') break
    if (!document) {
      report(unknownProfile(here.name, here.at(), [...known, ...source.names]))
      break
    }
    const key = `${document.file}:${document.at.line}`
    if (seen.includes(key)) {
      report({
        code: 'profile-cycle',
        severity: 'error',
        message: `profiles must not stand on themselves: ${[...seen, key].map((place) => `"${place}"`).join(' → ')}`,
        path: 'spec.profile',
        at: here.at(),
        hint: 'let one of them name a built-in profile, such as "default".',
      })
      break
    }
    seen.push(key)
    chain.push({ value: document.value, source: `profile "${here.name}"`, locate: document.locate, builtIn: false })
    const next = profileName(document.value)
    here = { name: next ?? 'default', from: document, at: () => document.locate(['spec', 'profile'], 'value') }
  }
  return [builtIn('default'), ...chain.reverse()]
}

/** The profile that an IstioOperator names; `undefined` when it names none. */
export function profileName(operator: unknown): string | undefined {
  const spec = isMap(operator) && isMap(operator.spec) ? operator.spec : {}
  return typeof spec.profile === 'string' && spec.profile !== '' ? spec.profile : undefined
}

function builtInLayer(name: string, value: unknown): ProfileLayer {
  return { value, source: `built-in profile "${name}"`, locate: () => undefined, builtIn: true }
}

function unknownProfile(name: string, at: Position | undefined, known: readonly string[]) {
  const [close] = nearest(name, known)
  const all = `Known are ${known.map((word) => `"${word}"`).join(', ')}, and files given by a relative path.`
  const isPath = /\/|\.(?:ya?ml|json)$/.test(name)
  return {
    code: 'unknown-profile',
    severity: 'error',
    message: `\`spec.profile\` must name a profile; "${name}" is none`,
    path: 'spec.profile',
    at,
    hint: isPath
      ? 'a path leads from the file that names it to another one that holds an IstioOperator.'
      : close
        ? `did you mean "${close}"? ${all}`
        : all,
    value: name,
    proposed: close,
  } as const
}
