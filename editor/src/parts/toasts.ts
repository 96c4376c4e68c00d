import { notifications } from '@mantine/notifications'

/** Says shortly that something was done. What must be read later as well belongs on the screen too. */
export function toastDone(message: string): void {
  // `status` is read out when there is a pause; an `alert` would interrupt.
  notifications.show({ color: 'green', message, autoClose: 4_000, role: 'status' })
}

/** Says that something did not work; stays until it is closed. The sentence of an `ApiError` is in the user's language already. */
export function toastError(error: unknown, title?: string): void {
  const message = error instanceof Error ? error.message : String(error)
  notifications.show({ color: 'red', message, autoClose: false, ...(title === undefined ? {} : { title }) })
}
