import { tortureProvider } from '../provider/provider.ts'

export default tortureProvider('torture-one-lookup', { lookup: true, groups: false, batch: 1 })
