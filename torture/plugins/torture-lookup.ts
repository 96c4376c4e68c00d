import { tortureProvider } from '../provider/provider.ts'

export default tortureProvider('torture-lookup', { lookup: true, groups: false })
