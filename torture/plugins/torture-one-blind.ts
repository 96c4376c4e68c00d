import { tortureProvider } from '../provider/provider.ts'

export default tortureProvider('torture-one-blind', { lookup: false, groups: false, batch: 1 })
