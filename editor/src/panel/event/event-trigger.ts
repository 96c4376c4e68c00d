/** Triggers that events start: one event is one recipient, and there is no audience to read. */
export const isEventTrigger = (type: string): boolean => type === 'event-trigger' || type === 'webhook-trigger'
