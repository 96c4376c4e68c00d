const CONFIGS = ['target_config', 'message_config', 'mapping_config', 'targetConfig', 'messageConfig', 'mappingConfig']

/** Is this JSON a workflow of the three-step form: a template, an audience and a mapping instead of a graph? */
export function isThreeStep(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || Object.hasOwn(value, 'nodes')) return false
  return CONFIGS.some((name) => Object.hasOwn(value, name))
}
