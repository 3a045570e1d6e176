// Puts the modules into which esbuild splits a program into one file that compiles them when they are needed.
//
// V8 reads every function of a file before it runs the first line, which for the whole program takes longer than most
// runs need for their work. So only the entry point is code at first sight. Everything else stands behind it in line
// comments, which V8 skips, in parts: modules that are always wanted together. The file reads itself and compiles a part
// when one of its modules is first imported.
import { createHash } from 'node:crypto'
import { basename } from 'node:path'

/**
 * The text of the file. `outputFiles` and `metafile` are what esbuild gives for one entry point with `splitting`, in the
 * form of ES modules. `runs` are the sources with which the usual runs begin: what such a run needs lies in one part, or
 * in one that it shares with others.
 */
export function inOneFile(outputFiles, metafile, runs) {
  const outputs = Object.entries(metafile.outputs).map(([path, output]) => ({ name: basename(path), ...output }))
  const texts = new Map(outputFiles.map(({ path, text }) => [basename(path), text]))
  const entry = outputs.find(({ entryPoint, name }) => entryPoint && !importersOf(name, outputs))
  const modules = new Map(outputs.map(({ name }) => [name, moduleOf(texts.get(name))]))
  const numbers = new Map([...modules.keys()].map((name, number) => [name, number]))
  const numbered = (code) => code.replace(/\b__part\("([\w.-]+)"\)/g, (_, name) => `__part(${numbers.get(name)})`)

  const runOf = new Map(
    outputs.map(({ name, entryPoint }) => [name, runs.findIndex((run) => run.includes(entryPoint))]),
  )
  const parts = new Map()
  for (const [name, together] of groups(entry.name, modules, runOf)) {
    const part = parts.get(together) ?? { numbers: [], makers: [] }
    parts.set(together, part)
    part.numbers.push(numbers.get(name))
    // In parentheses, so that V8 compiles the function in the first pass.
    part.makers.push(`(function(){${numbered(modules.get(name).code)}})`)
  }
  const index = []
  let hidden = ''
  for (const { numbers, makers } of parts.values()) {
    // The code has line breaks in template literals only, where an escape says the same.
    const text = `return[${makers.join(',')}]`.replaceAll('\n', '\\n')
    index.push([hidden.length, hidden.length + 2 + text.length, ...numbers])
    hidden += `//${text}\n`
  }
  const body = `${numbered(modules.get(entry.name).code)}\n${mark}\n${hidden}`
  const given = [index, hidden.length, digestOf(body), headSize].map((value) => JSON.stringify(value)).join()
  const file = `#!/usr/bin/env node\n"use strict";const __part=(${loader})(${given},(${cacheOf})(__filename),__filename,require);\n${body}`
  // Offsets are those of characters, and the file is read as bytes.
  const [foreign] = /[^\0-\x7f]/.exec(file) ?? []
  if (foreign) throw new Error(`the program must be plain ASCII; write "${foreign}" as an escape`)
  return file
}

const mark = '//parts'
/** The bytes at the beginning of such a file that say where what lies. */
export const headSize = 4096

function digestOf(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}

/** The code of each part of such a file. */
export function partsOf(file) {
  const lines = file.slice(file.indexOf(`\n${mark}\n`) + mark.length + 2)
  return lines
    .trim()
    .split('\n')
    .map((part) => part.slice(2))
}

/**
 * This is the first line of the file: what gives the exports of a module by its number. `index` has a row for each part,
 * with its place in the last `length` bytes of the file and the numbers of its modules. What compile.mjs left beside the
 * file is taken if it comes from this very build.
 */
function loader(index, length, build, headSize, cacheFile, file, require) {
  const makers = []
  const loaded = []
  const fs = require('node:fs')
  let own
  let start
  let cache
  let places
  return function part(number) {
    if (number in loaded) return loaded[number]
    if (!(number in makers)) {
      const { Script } = require('node:vm')
      if (own === undefined) {
        own = fs.openSync(file)
        start = fs.fstatSync(own).size - length
      }
      const [from, to, ...numbers] = index.find((row) => row.indexOf(number, 2) > 0)
      const hidden = read(own, start + from, to - from).toString('latin1')
      if (!hidden.startsWith('//return[')) throw new Error(`${file} is not as it was built`)
      const code = hidden.slice(2)
      const options = { filename: `${file}#${numbers[0]}`, cachedData: compiled(numbers[0]) }
      const made = new Script(`(function(__part,require){${code}\n})`, options).runInThisContext()(part, require)
      for (const [i, maker] of made.entries()) makers[numbers[i]] = maker
    }
    loaded[number] = makers[number]()
    return loaded[number]
  }

  function compiled(number) {
    places ??= placesInCache()
    return number in places ? read(cache, ...places[number]) : undefined
  }

  function placesInCache() {
    try {
      cache = fs.openSync(cacheFile)
      const head = JSON.parse(read(cache, 0, headSize).toString())
      return head.of === build ? head.places : {}
    } catch {
      // There is none, or it is none.
      return {}
    }
  }

  function read(descriptor, from, size) {
    const bytes = Buffer.allocUnsafeSlow(size)
    let end = 0
    for (let got = 1; got > 0 && end < size; end += got)
      got = fs.readSync(descriptor, bytes, end, size - end, from + end)
    return bytes.subarray(0, end)
  }
}

function importersOf(name, outputs) {
  return outputs.some(({ imports }) => imports.some(({ path }) => basename(path) === name))
}

/**
 * A module as the body of a function that gives its exports, and the names of what it needs at once and on demand. All
 * modules here are free of side effects, so that an import which takes nothing is none.
 */
function moduleOf(text) {
  const needs = []
  const wants = []
  const code = text
    .replace(/\bimport(?:(?:\*as | )?([\w$]+)?,?(?:\{([^}]*)\})?from)?"([^"]+)";\n?/g, (_, whole, names, from) => {
      if (names === undefined && whole === undefined) return ''
      const source = from.startsWith('./') ? `__part("${basename(from)}")` : `require("${from}")`
      if (from.startsWith('./')) needs.push(basename(from))
      const taken = names?.replace(/([\w$]+) as ([\w$]+)/g, '$1:$2')
      return `${whole ? `const ${whole}=${source};` : ''}${taken ? `const{${taken}}=${source};` : ''}`
    })
    .replace(/\bimport\("\.\/([\w.-]+)"\)/g, (_, name) => {
      wants.push(name)
      return `__part("${name}")`
    })
    .replace(/\bexport\{([^}]*)\};?\s*$/, (_, names) => `return{${names.replace(/([\w$]+) as ([\w$]+)/g, '$2:$1')}}`)
  return { code: code.trim(), needs, wants }
}

/**
 * For each module but the entry point the name of its part: which runs need it at once or, when none does, which of the
 * other imports on demand.
 */
function groups(entry, modules, runOf) {
  const roots = new Set([...modules.values()].flatMap(({ wants }) => wants))
  const reachedBy = new Map()
  for (const root of roots) reach(root, root)
  const named = new Map()
  for (const [name, by] of reachedBy) {
    const runs = new Set([...by].map((root) => runOf.get(root)).filter((run) => run >= 0))
    if (name !== entry) named.set(name, [...(runs.size > 0 ? runs : by)].sort().join(' '))
  }
  return named

  function reach(name, root) {
    const known = reachedBy.get(name) ?? new Set()
    if (known.has(root)) return
    reachedBy.set(name, known.add(root))
    for (const need of modules.get(name).needs) reach(need, root)
  }
}

/** Where compile.mjs puts what the V8 at hand makes of a program, and the program looks for it: this is part of it too. */
export function cacheOf(program) {
  return `${program}.${process.versions.v8}.${process.arch}.cache`
}

/** The digest by which such a file tells itself from others. */
export function buildOf(file) {
  return /,"([0-9a-f]{32})",/.exec(file)?.[1]
}
