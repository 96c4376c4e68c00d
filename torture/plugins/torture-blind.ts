import { tortureProvider } from '../provider/provider.ts'

export default tortureProvider('torture-blind', { lookup: false, groups: false })
