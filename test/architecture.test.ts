import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'

/**
 * Imports point one way. A layer may import itself, the layers below it in this list, and what is open to all.
 */
const layers = [
  ['src/main.ts', 'src/kpt.ts', 'src/helm.ts'],
  ['src/commands/', 'src/hosts/'],
  ['src/pipeline.ts'],
  ['src/stages/', 'src/gitops/', 'src/engines/'],
  ['src/charts/'],
  ['src/components/'],
  ['src/istio/'],
  ['src/k8s/'],
  ['src/helm/'],
  ['src/re2/'],
  ['src/yaml/'],
  ['src/gotemplate/'],
]
const open = ['src/problem.ts', 'src/problem-text.ts', 'src/settings.ts', 'src/problems/', 'src/version.ts']
const isOpen = (file: string) => open.some((member) => file.startsWith(member))

/** Where Node's own modules may be used: everything else also runs in a browser or an editor. */
const onNode = ['src/main.ts', 'src/hosts/files.ts', 'src/commands/']

const sources = (readdirSync('src', { recursive: true }) as string[])
  .map((file) => join('src', file))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.endsWith('.d.ts'))

const layerOf = (file: string) => layers.findIndex((members) => members.some((member) => file.startsWith(member)))

function imports(file: string): { target: string; typeOnly: boolean }[] {
  const text = readFileSync(file, 'utf8')
  const pattern = /^(?:import|export)\s+(type\s)?[^;'"]*?from\s+'([^']+)'/gm
  return [...text.matchAll(pattern)].map(([, type, target = '']) => ({ target, typeOnly: type !== undefined }))
}

test('every source file has a layer', () => {
  expect(sources.filter((file) => layerOf(file) < 0 && !isOpen(file))).toEqual([])
})

test('imports point downwards', () => {
  const wrong = sources.flatMap((file) =>
    imports(file).flatMap(({ target, typeOnly }) => {
      if (!target.startsWith('.')) return []
      const to = normalize(join(dirname(file), target))
      if (typeOnly || isOpen(to) || isOpen(file)) return []
      return layerOf(to) < layerOf(file) ? [`${file} imports ${to}`] : []
    }),
  )
  expect(wrong).toEqual([])
})

test('only the edge of the program uses Node', () => {
  const wrong = sources
    .filter((file) => !onNode.some((member) => file.startsWith(member)))
    .flatMap((file) =>
      imports(file).flatMap(({ target }) => (target.startsWith('node:') ? [`${file}: ${target}`] : [])),
    )
  expect(wrong).toEqual([])
})

test('the template engine and the YAML folder stand alone', () => {
  const alone = ['src/gotemplate/', 'src/yaml/']
  const wrong = alone.flatMap((folder) =>
    sources
      .filter((file) => file.startsWith(folder))
      .flatMap((file) =>
        imports(file).flatMap(({ target }) => {
          const to = normalize(join(dirname(file), target))
          return target.startsWith('.') && !to.startsWith(folder) && to !== 'src/problem.ts' ? [`${file}: ${to}`] : []
        }),
      ),
  )
  expect(wrong).toEqual([])
})
