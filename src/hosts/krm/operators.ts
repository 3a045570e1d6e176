import { map } from '../../components/words.ts'
import { isOperator } from '../../istio/operator.ts'
import type { Position } from '../../problem.ts'
import { isCalled, operatorName } from '../../stages/1-read.ts'
import type { ProfileSource } from '../../stages/resolve/profiles.ts'
import type { Document } from '../../yaml/document.ts'
import { fileOf } from './annotations.ts'
import { type ItemText, locateInItem } from './items.ts'
import type { ResourceList } from './resource-list.ts'

/** The IstioOperators of the list, as documents of their own; the function's configuration may be one, or be both. */
export function operatorsOf({ items, functionConfig, configText }: ResourceList): Document[] {
  const found = items.flatMap(({ value, text }, index) =>
    isOperator(value) ? [itemAsDocument(value, text, index)] : [],
  )
  const isItem = found.some(({ value }) => operatorName(value) === operatorName(functionConfig))
  if (!isOperator(functionConfig) || isItem) return found
  return [itemAsDocument(functionConfig, configText, 'functionConfig'), ...found]
}

/** Positions count within the item, in the file that its annotation names; they are looked up only for a problem. */
function itemAsDocument(value: unknown, text: ItemText | undefined, item: NonNullable<Position['item']>): Document {
  const file = fileOf(value) ?? (typeof item === 'number' ? `items[${item}]` : item)
  const locate = locateInItem(value, text, file, item)
  return { value, file, at: { file, line: 1, col: 1, item }, locate }
}

/** Custom profiles among the items: by name, or by the path of their file relative to the one that names them. */
export function profileItems(operators: readonly Document[], profiles: readonly Document[]): ProfileSource {
  return {
    names: profiles.map(({ value }) => String(map(map(value).metadata).name)),
    find: (name, from) => operators.find((other) => isCalled(other, name, from)),
  }
}
