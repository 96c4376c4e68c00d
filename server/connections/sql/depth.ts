import { AppError } from '#runtime/sdk/index.ts'
import { isSign, type Token } from './tokens.ts'

/** Deeper brackets are not handed to a server: some lose themselves in them. */
const DEEPEST = 200

/** How deep each token stands in brackets. @throws AppError `sql-too-deep` */
export function depthsOf(tokens: readonly Token[]): number[] {
  let depth = 0
  return tokens.map((token) => {
    if (isSign(token, ')')) depth--
    const here = depth
    if (isSign(token, '(') && ++depth > DEEPEST) throw new AppError('sql-too-deep', {})
    return here
  })
}
