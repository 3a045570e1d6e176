import { type KubeObject, object } from '../../k8s/object.ts'
import { toGoYaml, toPrettyJson } from '../../yaml/go-yaml.ts'
import { writeYaml } from '../../yaml/write.ts'
import { each, given, map, mapped, quoted, raw, truth } from '../words.ts'
import { blockText, indented } from './block-text.ts'
import { istiodLabels, revisioned } from './names.ts'
import type { IstiodContext, IstiodValues } from './values.ts'

/** The ConfigMap that istiod injects by: its templates, when to use which, and the values that they read. */
export function injectorConfig(context: IstiodContext): KubeObject[] {
  const { values: v, namespace } = context
  return [
    object(
      'ConfigMap',
      { name: revisioned('istio-sidecar-injector', v), namespace, labels: istiodLabels(context) },
      { data: { values: templateValues(v), config: config(context) } },
    ),
  ]
}

/** The values that the templates read; the others would only make the ConfigMap larger. */
function templateValues(v: IstiodValues): string {
  const { global, sidecarInjectorWebhook, revision, cni, env } = v
  const { securityContext, seccompProfile } = v.gateways
  return toPrettyJson({
    global,
    sidecarInjectorWebhook,
    revision,
    pilot: { cni, env },
    gateways: { securityContext, seccompProfile },
  })
}

/** A legacy field: an istiod that still reads it stops at a name which tells what is wrong. */
const legacyTemplate = '{{ Template_Version_And_Istio_Version_Mismatched_Check_Installation }}'

/**
 * The injector's own configuration, as text that people read and edit: that is why it opens with a comment. Templates
 * of the user's take the place of built-in ones of the same name.
 */
function config({ values: v, injectionTemplates }: IstiodContext): string {
  const { sidecarInjectorWebhook: webhook } = v
  const own = map(webhook.templates)
  const builtIn = Object.entries(injectionTemplates).filter(([name]) => !Object.hasOwn(own, name))
  return blockText(
    '# `defaultTemplates` are used for a pod that names none itself (annotation inject.istio.io/templates).\n',
    writeYaml({
      defaultTemplates: truth(webhook.defaultTemplates) ? each(webhook.defaultTemplates).map(raw) : ['sidecar'],
      policy: raw(v.global.proxy.autoInject),
      alwaysInjectSelector: webhook.alwaysInjectSelector,
      neverInjectSelector: webhook.neverInjectSelector,
      injectedAnnotations: given(mapped(webhook.injectedAnnotations, quoted)) ?? null,
      template: legacyTemplate,
    }),
    'templates:\n',
    builtIn.length > 0 ? indented(writeYaml(Object.fromEntries(builtIn))) : '',
    truth(own) ? indented(toGoYaml(own)) : '',
  )
}
