/** Charts from their files. */

import { compareText } from '../../gotemplate/value.ts'
import { ChartError, within } from '../failed.ts'
import { extension } from '../sprig/paths.ts'
import { jsonTypeError, readYaml } from '../text/yaml.ts'
import { isTable as isMap, put } from '../value/members.ts'
import { type ArchiveOptions, readArchive } from './archive.ts'
import type { Chart, ChartFile } from './chart.ts'
import { type Metadata, readMetadata, validated } from './metadata.ts'

type Map = Record<string, unknown>

/**
 * The chart that the files make, whose charts in `charts/` are folders or archives. Throws a ChartError, in Helm's words,
 * for what is none.
 */
export function loadFiles(files: readonly ChartFile[], options: ArchiveOptions = {}): Chart {
  let metadata: Metadata | undefined
  for (const { name, data } of files)
    if (name === 'Chart.yaml') {
      metadata = within('cannot load Chart.yaml', () => readMetadata(yamlOf(data), metadata))
      if (metadata.apiVersion === '') metadata = { ...metadata, apiVersion: 'v1' }
    }
  let values: Map = {}
  let schema: Uint8Array | undefined
  const templates: ChartFile[] = []
  const others: ChartFile[] = []
  const held = new Map<string, ChartFile[]>()
  for (const file of files) {
    const { name, data } = file
    if (name === 'Chart.yaml' || name === 'Chart.lock') continue
    if (name === 'values.yaml') values = within('cannot load values.yaml', () => readValues(textOf(data)))
    else if (name === 'values.schema.json') schema = data
    else if (name === 'requirements.yaml' || name === 'requirements.lock') {
      if (name === 'requirements.yaml')
        metadata = within('cannot load requirements.yaml', () => readMetadata(yamlOf(data), metadata))
      if (metadata?.apiVersion === 'v1') others.push(file)
    } else if (name.startsWith('templates/')) templates.push(file)
    else if (name.startsWith('charts/') && extension(name) !== '.prov') {
      const path = name.slice('charts/'.length)
      const [folder = ''] = path.split('/')
      held.set(folder, [...(held.get(folder) ?? []), { name: path, data }])
    } else others.push(file)
  }
  if (metadata === undefined) throw new ChartError('Chart.yaml file is missing')
  const valid = validated(metadata)
  const dependencies = [...held]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([name, inside]) => loadHeld(name, inside, valid.name, options))
  return { metadata: valid, values, schema, templates, files: others, dependencies }
}

/** A chart in `charts/`; what begins with a dot or an underscore is none. */
function loadHeld(name: string, files: readonly ChartFile[], holder: string, options: ArchiveOptions): Chart[] {
  if (/^[_.]/.test(name)) return []
  const location = `charts/${name}`
  return within(`error unpacking subchart ${name} in ${holder}`, () => {
    if (extension(name) === '.tgz') {
      const [file] = files
      if (file?.name !== name)
        throw new ChartError(`error unpacking subchart tar in ${holder}: expected ${name}, got ${file?.name ?? ''}`)
      return [{ ...loadFiles(readArchive(file.data, options), options), location }]
    }
    const inside = files.flatMap(({ name, data }) => {
      const slash = name.indexOf('/')
      return slash < 0 ? [] : [{ name: name.slice(slash + 1), data }]
    })
    return [{ ...loadFiles(inside, options), location }]
  })
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** The text of a file; bytes that are no UTF-8 are replaced. */
export function textOf(data: Uint8Array): string {
  return decoder.decode(data)
}

function yamlOf(data: Uint8Array): unknown {
  const read = readYaml(textOf(data))
  if ('problem' in read) throw new ChartError(read.text)
  return read.value
}

/** The values that the documents of a text make together, of which later ones win. Throws a ChartError of the code. */
export function readValues(text: string, code?: ChartError['code']): Map {
  let values: Map = {}
  for (const document of text.split(/^---(?:[ \t].*)?$/m)) {
    const read = readYaml(document)
    if ('problem' in read) throw new ChartError(`cannot unmarshal yaml document: ${read.text}`, code)
    const { value } = read
    if (value === null) continue
    if (typeof value !== 'object' || Array.isArray(value))
      throw new ChartError(
        `cannot unmarshal yaml document: ${jsonTypeError(value, 'value of type map[string]interface {}')}`,
        code,
      )
    values = mergeMaps(values, value as Map)
  }
  return values
}

/** Both maps in one; where both have something else than maps under a key, the second one's counts. */
export function mergeMaps(first: Readonly<Map>, second: Readonly<Map>): Map {
  const merged: Map = {}
  for (const key of Object.keys(first)) put(merged, key, first[key])
  for (const key of Object.keys(second)) {
    const value = second[key]
    const before = Object.hasOwn(merged, key) ? merged[key] : undefined
    put(merged, key, isMap(value) && isMap(before) ? mergeMaps(before, value) : value)
  }
  return merged
}
