import { truth, valueAt } from '../../../components/words.ts'
import { printed } from '../../../gotemplate/value.ts'
import { isMap } from '../../../k8s/object.ts'
import { dotted, type Path } from '../../../problem.ts'
import { at, isWritten, quote, type Rule, type Subject, type Tell } from './rule.ts'

/** Fields that exist twice. */
const twins: readonly { readonly field: string; readonly values: Path }[] = [
  { field: 'hub', values: ['global', 'hub'] },
  { field: 'tag', values: ['global', 'tag'] },
  { field: 'revision', values: ['revision'] },
  { field: 'compatibilityVersion', values: ['compatibilityVersion'] },
]

/** Values that the installer sets itself, from whether the component is on. */
const switches: readonly { readonly values: Path; readonly component: string }[] = [
  { values: ['pilot', 'enabled'], component: 'pilot' },
  { values: ['pilot', 'cni', 'enabled'], component: 'cni' },
]

/**
 * Reports `overridden-setting` for a setting that says something else than another one which wins, and `half-enabled` for
 * a CNI that is rendered although sidecars are told that there is none.
 */
export const overridden: Rule = (subject, tell) => {
  const { spec, resolved } = subject
  for (const { field, values } of twins) {
    const [one, other] = [at(spec, field), at(spec, 'values', ...values)]
    if (!truth(one.value) || !truth(other.value) || printed(one.value) === printed(other.value)) continue
    if (!inOneFile(resolved, one.path, other.path)) continue
    const effective = valueAt(resolved.values, values)
    const [winner, loser] = printed(effective) === printed(one.value) ? [one, other] : [other, one]
    lost(loser.path, loser.value, winner.path, winner.value, tell)
  }
  meshFields(subject, at(spec, 'meshConfig').value, at(spec, 'values', 'meshConfig').value, [], tell)
  for (const { values, component } of switches) {
    const { path, value } = at(spec, 'values', ...values)
    const on = at(spec, 'components', component, 'enabled')
    if (typeof value === 'boolean' && value !== (on.value === true)) lost(path, value, on.path, on.value === true, tell)
  }
  gateways(subject, tell)
  const agent = subject.entries.find(({ component }) => component.spec === 'cni')
  if (agent && agent.settings.enabled !== true) {
    tell({
      grade: 'warning',
      code: 'half-enabled',
      path: agent.path,
      must: 'say `enabled: true`: without it the node agent is rendered, and sidecars still set up their traffic themselves',
      hint: 'add `enabled: true`, or `enabled: false` if there is to be none.',
      part: 'key',
    })
  }
}

/** What stands in both mesh configurations. */
function meshFields(subject: Subject, wins: unknown, loses: unknown, path: Path, tell: Tell): void {
  if (isMap(wins) && isMap(loses)) {
    for (const [key, value] of Object.entries(loses)) {
      if (Object.hasOwn(wins, key)) meshFields(subject, wins[key], value, [...path, key], tell)
    }
    return
  }
  if (path.length === 0 || JSON.stringify(wins) === JSON.stringify(loses)) return
  const winner = ['spec', 'meshConfig', ...path]
  const loser = ['spec', 'values', 'meshConfig', ...path]
  if (inOneFile(subject.resolved, winner, loser)) lost(loser, loses, winner, wins, tell)
}

/** A value switches all gateways of a kind on, whatever they say themselves, and none off. */
function gateways({ spec, entries, resolved }: Subject, tell: Tell): void {
  for (const { component, settings, path } of entries) {
    if (component.many === undefined) continue
    const forced = at(spec, 'values', 'gateways', component.many, 'enabled')
    const own = at(spec, ...path.slice(1), 'enabled')
    if (settings.enabled === false) {
      if (isWritten(resolved, own.path)) lost(own.path, false, forced.path, forced.value, tell)
    } else if (forced.value === false) lost(forced.path, false, own.path, true, tell)
  }
}

function lost(path: Path, value: unknown, by: Path, winning: unknown, tell: Tell): void {
  tell({
    grade: 'warning',
    code: 'overridden-setting',
    path,
    must: `say the same as \`${dotted(by)}\`, which wins: it is ${quote(value)}, and that one ${quote(winning)}`,
    hint: 'keep one of the two.',
    exact: true,
  })
}

/** Across files one of the two is meant to override the other. */
function inOneFile({ written }: Subject['resolved'], a: Path, b: Path): boolean {
  const [one, other] = [written.locate(a), written.locate(b)]
  return one !== undefined && one.file === other?.file
}
