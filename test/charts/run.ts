import { join } from 'node:path'
import { generate } from '../../src/commands/generate.ts'
import type { Outcome } from '../../src/commands/outcome.ts'
import { isMap, type KubeObject } from '../../src/k8s/object.ts'
import { readDocuments } from '../../src/yaml/read.ts'
import { inFolder } from '../run.ts'
import { type Files, folderOf } from './package.ts'

/** What a run made: objects by `Kind/name`, and what it told. */
export interface Made {
  readonly outcome: Outcome
  readonly objects: { readonly [name: string]: KubeObject }
  readonly list: readonly KubeObject[]
  readonly told: readonly string[]
}

/** An IstioOperator with that `spec`, as text. */
export function operator(spec: string, head = ''): string {
  return `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata:\n  name: mesh\n${head}spec:\n${spec.replace(/^(?=.)/gm, '  ')}\n`
}

/** `generate` in a folder of these files, with `-f in.yaml --engine none` unless the arguments say otherwise. */
export function make(files: Files, spec: string, argv: readonly string[] = ['--charts', 'package']): Made {
  const folder = folderOf({ ...files, 'in.yaml': operator(spec) })
  const engine = argv.includes('--engine') ? [] : ['--engine', 'none']
  return madeOf(inFolder(folder, () => generate(['-f', 'in.yaml', ...engine, ...argv])))
}

export function madeOf(outcome: Outcome): Made {
  const list = readDocuments(outcome.stdout, '', () => undefined).flatMap(({ value }) => {
    return isMap(value) ? [value as KubeObject] : []
  })
  return {
    outcome,
    list,
    objects: Object.fromEntries(list.map((object) => [`${object.kind}/${object.metadata.name}`, object])),
    told: outcome.problems.map(({ severity, code, message, hint }) => `${severity} ${code}: ${message}; ${hint ?? ''}`),
  }
}

export function inPackage(files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [join('package', path), text]))
}
