import type { NodeType, ProviderType } from '#runtime/sdk/index.ts'
import apiSends from './api-sends.ts'
import branch from './branch.ts'
import eventTrigger from './event-trigger.ts'
import filter from './filter.ts'
import httpSource from './http-source.ts'
import leaveOut from './leave-out.ts'
import limit from './limit.ts'
import listSource from './list-source.ts'
import manualTrigger from './manual-trigger.ts'
import mapping from './mapping.ts'
import merge from './merge.ts'
import sandbox from './providers/sandbox.ts'
import solapi from './providers/solapi/solapi.ts'
import partEntry from './part-entry.ts'
import partExit from './part-exit.ts'
import partInput from './part-input.ts'
import partOutput from './part-output.ts'
import scheduleTrigger from './schedule-trigger.ts'
import sendAlimtalk from './send-alimtalk.ts'
import sendSms from './send-sms.ts'
import split from './split.ts'
import sqlSource from './sql-source.ts'
import subWorkflow from './sub-workflow.ts'
import tableSource from './table-source.ts'
import template from './template.ts'
import variableQuery from './variable-query.ts'
import wait from './wait.ts'
import webhookTrigger from './webhook-trigger.ts'

/** The built-in node types, in the order of the palette. */
export const builtInNodes: readonly NodeType[] = [
  manualTrigger,
  scheduleTrigger,
  eventTrigger,
  webhookTrigger,
  apiSends,
  tableSource,
  sqlSource,
  listSource,
  httpSource,
  leaveOut,
  filter,
  limit,
  branch,
  split,
  merge,
  variableQuery,
  mapping,
  template,
  wait,
  sendAlimtalk,
  sendSms,
  subWorkflow,
  partInput,
  partOutput,
  partEntry,
  partExit,
]

export const builtInProviders: readonly ProviderType[] = [sandbox, solapi]
