import { map, truth } from '../../../components/words.ts'
import type { Fields } from '../../../k8s/object.ts'
import type { Path } from '../../../problem.ts'
import { firstWritten, type Rule } from './rule.ts'

/** What the agent must do before it keeps a CNI configuration of its own. */
const needs: readonly { readonly field: string; readonly fits: (agent: Fields) => boolean }[] = [
  { field: 'values.cni.chained', fits: ({ chained }) => truth(chained) },
  { field: 'values.cni.ambient.enabled', fits: ({ ambient }) => truth(map(ambient).enabled) },
]

const modes = ['repairPods', 'deletePods', 'labelPods'] as const

/**
 * Reports `conflicting-fields` where the node agent is told to treat broken pods in several ways, of which it takes one,
 * or to keep a configuration of its own without what that takes, and `missing-component` where nodes wait for an agent that isn't there.
 */
export const cni: Rule = (subject, tell) => {
  const agent = subject.effective('cni')
  const { enabled, ...repair } = map(agent?.repair)
  const chosen = modes.filter((mode) => truth(repair[mode]))
  const [first, second] = chosen
  if (truth(enabled) && first !== undefined && second !== undefined) {
    const path = (mode: string): Path => ['spec', 'values', 'cni', 'repair', mode]
    tell({
      grade: 'warning',
      code: 'conflicting-fields',
      path: firstWritten(subject.resolved, ...[...chosen].reverse().map(path), path(second)),
      must: `be the only way in which broken pods are treated; ${chosen.map((mode) => `\`${mode}\``).join(' and ')} are on, and \`${first}\` wins`,
      hint: `set \`${first}: false\` if the other one is meant.`,
    })
  }
  const missing = agent && truth(agent.istioOwnedCNIConfig) ? needs.filter(({ fits }) => !fits(agent)) : []
  if (missing.length > 0) {
    tell({
      grade: 'warning',
      code: 'conflicting-fields',
      path: ['spec', 'values', 'cni', 'istioOwnedCNIConfig'],
      must: `come with ${missing.map(({ field }) => `\`${field}: true\``).join(' and ')}; without it the agent writes no configuration of its own`,
      hint: 'set that, or take this out.',
    })
  }
  if (!agent && truth(map(subject.effective('pilot')?.taint).enabled)) {
    tell({
      grade: 'warning',
      code: 'missing-component',
      path: ['spec', 'values', 'pilot', 'taint', 'enabled'],
      must: 'come with the CNI agent: istiod takes a taint from each node once the agent is ready there',
      hint: 'set `components.cni.enabled: true`; that is fine if another application installs it.',
    })
  }
}
