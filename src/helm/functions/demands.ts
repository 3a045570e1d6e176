/** Helm's functions by which a chart demands something, and those that would ask the cluster or the network. */

import type { Signature } from '../../gotemplate/builtins.ts'
import { FunctionError } from '../../gotemplate/error.ts'

/** What stands around a message that a chart's author wrote, so that it is told without Go's words. */
export const marks = ['HELM_ERR_START', 'HELM_ERR_END'] as const

function complain(message: string): never {
  throw new FunctionError(marks[0] + message + marks[1])
}

export const demandFunctions: Readonly<Record<string, Signature>> = {
  required: {
    parameters: ['string', 'any'],
    call: (message: string, value: unknown) =>
      value === null || value === undefined || value === '' ? complain(message) : value,
  },
  fail: { parameters: ['string'], call: complain },
  lookup: { parameters: ['string', 'string', 'string', 'string'], call: () => ({}) },
  getHostByName: { parameters: ['string'], call: () => '' },
}
