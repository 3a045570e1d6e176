import { isMap, type KubeObject } from '../k8s/object.ts'
import { readDocuments } from '../yaml/read.ts'

/**
 * An object in the form in which two renderers' objects are compared: by what they mean, not by how they are written.
 *
 * Texts of a ConfigMap that are YAML or JSON become what they say. Of the templates with which istiod injects only their
 * names count, as the bundled ones say the same in words of their own; of CRDs everything but descriptions does.
 */
export function comparable(object: KubeObject): unknown {
  if (object.kind === 'CustomResourceDefinition') return withoutDescriptions(object)
  const { data } = object
  if (object.kind !== 'ConfigMap' || !isMap(data)) return object
  const read = Object.entries(data).map(([key, text]) => [key, typeof text === 'string' ? meaning(text) : text])
  return { ...object, data: withTemplateNames(Object.fromEntries(read)) }
}

function withoutDescriptions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDescriptions)
  if (!isMap(value)) return value
  const kept = Object.entries(value).filter(([key, member]) => key !== 'description' || typeof member !== 'string')
  return Object.fromEntries(kept.map(([key, member]) => [key, withoutDescriptions(member)]))
}

/** What a text says if it is a map or a list in YAML or JSON; else the text itself. */
function meaning(text: string): unknown {
  if (!/^\s*[[{]|^[\w"'-][^\n]*:(?: |$)/m.test(text)) return text
  let isSound = true
  const [document, ...more] = readDocuments(text, '', ({ severity }) => {
    isSound &&= severity !== 'error'
  })
  const value = document?.value
  return isSound && more.length === 0 && typeof value === 'object' && value !== null ? value : text
}

/** The configuration of the injector, whose templates stand under their names. */
function withTemplateNames(data: { readonly [key: string]: unknown }): unknown {
  const { config } = data
  if (!isMap(config) || !isMap(config.templates)) return data
  return { ...data, config: { ...config, templates: Object.keys(config.templates).sort() } }
}
