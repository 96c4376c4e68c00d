import { tortureProvider } from '../provider/provider.ts'

export default tortureProvider('torture-groups', { lookup: true, groups: true })
