import type { ConnectionKind } from '#schemas/connection.ts'
import type { NodeDescriptor } from '#schemas/node.ts'
import type { ErrorObject } from 'ajv'
import { AppError, type NodeType, type ProviderType } from '#runtime/sdk/index.ts'
import { compileSchema, type Checked } from './json-schema.ts'
import { faultOfNodeType } from './node-faults.ts'
import { portsOf, type Ports } from './ports.ts'

/** A node type from a file in plugins/. */
export interface PluginNode {
  readonly file: string
  readonly hash: string
  readonly type: unknown
}

/** A config as it was saved, brought to the newest version and checked. */
export interface LoadedConfig {
  /** With defaults filled in; only to be used where there are no errors. */
  readonly config: Readonly<Record<string, unknown>>
  readonly errors: readonly ErrorObject[]
}

export interface RegisteredNode {
  readonly type: NodeType
  readonly ports: Ports
  readonly descriptor: NodeDescriptor
  readonly plugin: { readonly file: string; readonly hash: string } | null
  /**
   * Upgrades a config from the version that it was saved with, and checks it. Never changes what it was given.
   * Throws `node-broken` when an upgrade throws. The version must not be newer than the type's.
   */
  load(config: Readonly<Record<string, unknown>>, version: number): LoadedConfig
}

/** All that can stand in a graph, and all that can deliver. */
export interface Registry {
  node(type: string): RegisteredNode | null
  provider(kind: string): ProviderType | null
  descriptors(): NodeDescriptor[]
  connectionKinds(): ConnectionKind[]
  /** Plugins that cannot be used, and why; they stop nothing else. */
  readonly broken: readonly { readonly file: string; readonly error: AppError }[]
}

interface RegistryOptions {
  readonly nodes: readonly NodeType[]
  readonly providers: readonly ProviderType[]
  /** Kinds of databases that the server knows. */
  readonly databases?: readonly ConnectionKind[]
  readonly plugins?: readonly PluginNode[]
}

/**
 * Collects the node types and providers. A fault in a built-in one throws `plugin-broken` (a mistake in this repository); one in a
 * plugin, or a plugin whose type exists already, is listed under `broken`.
 */
export function createRegistry({ nodes, providers, databases = [], plugins = [] }: RegistryOptions): Registry {
  const known = new Map<string, RegisteredNode>()
  const broken: { file: string; error: AppError }[] = []
  for (const type of nodes) known.set(type.type, register(type, { known, plugin: null }))
  for (const { type, file, hash } of plugins) {
    try {
      const registered = register(type, { known, plugin: { file, hash } })
      known.set(registered.type.type, registered)
    } catch (error) {
      broken.push({ file, error: error instanceof AppError ? error : unusable(file, String(error)) })
    }
  }
  const kinds = new Map<string, ProviderType>()
  for (const provider of providers) {
    if (kinds.has(provider.kind)) throw unusable(provider.kind, `There are two providers of the kind "${provider.kind}".`)
    kinds.set(provider.kind, provider)
  }
  return {
    node: (type) => known.get(type) ?? null,
    provider: (kind) => kinds.get(kind) ?? null,
    descriptors: () => [...known.values()].map(({ descriptor }) => descriptor),
    connectionKinds: () => [...databases, ...providers.map(kindOfProvider)],
    broken,
  }
}

function unusable(file: string, detail: string): AppError {
  return new AppError('plugin-broken', { file, detail })
}

function register(
  value: unknown,
  { known, plugin }: { known: ReadonlyMap<string, RegisteredNode>; plugin: RegisteredNode['plugin'] },
): RegisteredNode {
  const name = plugin?.file ?? `node type ${String((value as Partial<NodeType> | null)?.type)}`
  const fault = faultOfNodeType(value)
  if (fault !== null) throw unusable(name, fault)
  // `faultOfNodeType` looked at every field that a node type must have.
  const type = value as NodeType
  const other = known.get(type.type)
  if (other)
    throw unusable(
      name,
      `There is a step of the type "${type.type}" already (${other.plugin?.file ?? 'built in'}). Name this one differently.`,
    )
  const ports = portsOf(type)
  const check = compiled(name, type)
  const descriptor = describe({ type, ports, plugin })
  return { type, ports, plugin, descriptor, load: (config, version) => load({ type, check }, config, version) }
}

function compiled(name: string, type: NodeType): (value: unknown) => Checked {
  try {
    return compileSchema(type.config)
  } catch (error) {
    throw unusable(name, `\`config\` is not a usable schema: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function load(
  { type, check }: { type: NodeType; check: (value: unknown) => Checked },
  saved: Readonly<Record<string, unknown>>,
  version: number,
): LoadedConfig {
  let config: Record<string, unknown> = structuredClone(saved)
  for (let next = version + 1; next <= type.version; next++) {
    try {
      config = type.upgrade?.[next]?.(config) ?? config
    } catch (error) {
      const detail = `Its upgrade to version ${next} failed: ${error instanceof Error ? error.message : String(error)}`
      throw new AppError('node-broken', { node: type.title.ko, type: type.type, detail }, { cause: error })
    }
  }
  const checked = check(config)
  // The schema of a config is one of an object; where it is not an object, there are errors.
  return { config: checked.value as Record<string, unknown>, errors: checked.errors }
}

function describe({ type, ports, plugin }: Pick<RegisteredNode, 'type' | 'ports' | 'plugin'>): NodeDescriptor {
  return {
    type: type.type,
    version: type.version,
    role: type.role,
    effect: type.effect,
    scope: type.scope,
    title: type.title,
    ...(type.help && { help: type.help }),
    icon: type.icon,
    ...(type.hidden && { hidden: true }),
    keywords: [...(type.keywords ?? [])],
    ports: { in: { ...ports.in }, out: { ...ports.out }, ...(type.ports.outFrom && { outFrom: { ...type.ports.outFrom } }) },
    configSchema: type.config,
    defaults: { ...type.defaults },
    ...(type.channel && { channel: type.channel.name }),
    examples: [...type.examples],
    ...(plugin && { plugin }),
  }
}

function kindOfProvider(provider: ProviderType): ConnectionKind {
  const { kind, title, help, channels, settings, secrets, limits } = provider
  return {
    kind,
    role: 'provider',
    channels: [...channels],
    title,
    ...(help && { help }),
    settingsSchema: settings,
    secretsSchema: secrets,
    limits: { ...limits },
    builtIn: false,
  }
}
