import { map, truth } from '../../../components/words.ts'
import { injectionTemplates as builtIn } from '../../../istio/injection/index.ts'
import type { Rule } from './rule.ts'
import { checkChoices, checkTemplates } from './template-choices.ts' // on demand

/**
 * Templates that the user adds to those of the injector or puts in their place, and the names by which pods get them:
 * what istiod would refuse when it loads them, or at every pod. One template that it can't parse takes away injection as
 * a whole.
 *
 * Reports `template-syntax`, `template-function`, `template-field`, `unknown-template` and `ignored-setting`; istioctl
 * looks at none of it.
 */
export const injectionTemplates: Rule = (subject, tell) => {
  const { values } = subject.resolved
  const { templates, defaultTemplates, aliases } = map(values.sidecarInjectorWebhook)
  const { omitSidecarInjectorConfigMap, resourceScope } = map(values.global)
  const isOn = subject.entries.some(({ component }) => component.spec === 'pilot')
  if (!isOn || truth(omitSidecarInjectorConfigMap) || resourceScope === 'cluster') return
  if (truth(templates)) checkTemplates(subject, tell)
  const chooses = Object.values(map(values.gateways)).some((gateway) => truth(map(gateway).injectionTemplate))
  if (chooses || truth(defaultTemplates) || truth(aliases)) {
    checkChoices(subject, [...Object.keys(builtIn), ...Object.keys(map(templates))], tell)
  }
}
