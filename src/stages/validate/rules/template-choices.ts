import { items, map, print, truth } from '../../../components/words.ts'
import { gatewayTemplates } from '../../../istio/injection/vocabulary.ts'
import { isMap } from '../../../k8s/object.ts'
import { nearest, type Path } from '../../../problem.ts'
import { each, quote, type Subject, type Tell, writtenPath } from './rule.ts'
import { templateMistakes } from './template-text.ts'

const webhook: Path = ['spec', 'values', 'sidecarInjectorWebhook']

/** Reports what is wrong with the text of the user's templates, at its line inside the value. */
export function checkTemplates({ resolved }: Subject, tell: Tell): void {
  const { templates } = map(resolved.values.sidecarInjectorWebhook)
  for (const { path, value } of each({ path: [...webhook, 'templates'], value: templates })) {
    if (isMap(value) || Array.isArray(value)) {
      const must = `be the text of a template; it is ${quote(value)}`
      tell({ grade: 'mistake', code: 'template-syntax', path, must, hint: 'write the template below `|`.' })
    }
    if (typeof value !== 'string') continue
    const written = writtenPath(resolved.spec, path)
    for (const { at, ...mistake } of templateMistakes(value, !gatewayTemplates.includes(String(path.at(-1))))) {
      tell({ grade: 'mistake', path, ...mistake, at: resolved.locate([...written, at], 'value') })
    }
  }
}

/** Reports names of templates that istiod won't find when a pod asks for them; `known` are those that it has. */
export function checkChoices({ resolved, entries }: Subject, known: readonly string[], tell: Tell): void {
  const { values } = resolved
  const { defaultTemplates, aliases } = map(values.sidecarInjectorWebhook)
  const forPods = known.filter((name) => !gatewayTemplates.includes(name))
  const aliasNames = Object.keys(map(aliases))

  for (const { path, value } of each({ path: [...webhook, 'defaultTemplates'], value: defaultTemplates })) {
    choice(print(value), path)
  }
  for (const gateway of new Set(entries.flatMap(({ component: { many } }) => many ?? []))) {
    const { injectionTemplate } = map(map(values.gateways)[gateway])
    if (!truth(injectionTemplate)) continue
    const path = ['spec', 'values', 'gateways', gateway, 'injectionTemplate']
    for (const name of print(injectionTemplate).split(',')) choice(name.trim(), path)
  }
  if (!truth(aliases)) return
  tell({
    grade: 'warning',
    code: 'ignored-setting',
    path: [...webhook, 'aliases'],
    part: 'key',
    must: 'not be relied on: the installer does not hand it to istiod',
    hint: 'name the templates themselves, in `defaultTemplates` or in the annotation of the pod.',
  })
  for (const alias of each({ path: [...webhook, 'aliases'], value: aliases })) {
    for (const { path, value } of each({ path: alias.path, value: items(alias.value) })) choice(print(value), path)
  }

  function choice(name: string, path: Path): void {
    if (forPods.includes(name)) return
    const isAlias = aliasNames.includes(name)
    const [close] = nearest(name, forPods)
    const meant = close ? `did you mean "${close}"? ` : ''
    tell({
      grade: 'mistake',
      code: 'unknown-template',
      path,
      must: `name a template for pods; ${quote(name)} is ${kind(name)}`,
      hint: isAlias
        ? 'an alias stands for templates, and not for other aliases.'
        : `${meant}Known are ${forPods.map(quote).join(', ')}.`,
    })
  }

  function kind(name: string): string {
    if (gatewayTemplates.includes(name)) return 'one for gateways'
    return aliasNames.includes(name) ? 'an alias' : 'none'
  }
}
