import { Boxes, Box, Building2, Cable, Columns3, Database, Folder, KeyRound, Landmark, LayoutDashboard, Plug, Rows3, Server, SquareFunction, Table2, UserRound, Warehouse, Zap } from 'lucide-react'

const ICONS: Readonly<Record<string, typeof Box>> = {
  organization: Building2, folder: Folder, cluster: Server, warehouse: Warehouse, database: Database, keyspace: KeyRound, table: Table2, column: Columns3,
  workspace: Boxes, collection: Rows3, 'query-lambda': SquareFunction, integration: Cable, dashboard: LayoutDashboard, panel: LayoutDashboard,
  connection: Plug, account: Landmark, actionEvent: Zap, 'sql-user': UserRound,
}

/** What a type of resource looks like; types of an organization's own model are boxes. */
export function ResourceIcon({ type }: { type: string }) {
  const Icon = ICONS[type] ?? Box
  return <Icon aria-hidden="true" className="resource-icon" />
}
