import type { KubeObject } from '../k8s/object.ts'
import { writeDocuments } from '../yaml/write.ts'

export type OutputFormat = 'yaml' | 'json'

export const outputFormats = ['yaml', 'json'] as const satisfies readonly OutputFormat[]

/** Stage 7 for a stream: YAML documents, or JSON objects one a line, in the order in which they are applied. */
export function writeStream(objects: readonly KubeObject[], format: OutputFormat): string {
  if (format === 'json') return objects.map((object) => `${JSON.stringify(object)}\n`).join('')
  return writeDocuments(objects)
}
