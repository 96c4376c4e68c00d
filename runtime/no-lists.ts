import { AppError } from '#runtime/sdk/index.ts'
import type { Lists } from '#runtime/sdk/list.ts'

/** For hosts whose workflows read no list. */
export const noLists: Lists = {
  known: () => null,
  open: (id) => Promise.reject(new AppError('list-missing', { list: id })),
}
