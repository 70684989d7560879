import type { CustomerDraft } from '../../core/directory.ts'

/** A customer as the demo makes it. */
export type DemoCustomer = Required<CustomerDraft> & {
  readonly id: number
  readonly code: string
  readonly name: string
  readonly parentId: number | null
}

function customer(id: number, parentId: number | null, code: string, name: string): DemoCustomer {
  return { id, parentId, code, name }
}

/** The root that the first start makes and the demo names. */
export const ROOT = customer(1, null, 'demo', 'Rollcall Demo')

/** The customers of the published pages' examples, each below the one before or beside it. Only fixed people are here. */
export const EXAMPLE_CUSTOMERS: readonly DemoCustomer[] = [
  customer(1234, 1, 'company', 'Company'),
  customer(1235, 1234, 'company-sud', 'Company Méditerranée'),
  customer(1236, 1235, 'company-corse', 'Company Corse'),
  customer(2000, 1, 'northwind', 'Northwind'),
  customer(2001, 2000, 'northwind-logistics', 'Northwind Logistics'),
]

/** The customers of the crowd, up to six levels deep, parents before children and large ones first. */
export const CROWD_CUSTOMERS: readonly DemoCustomer[] = [
  customer(3000, 1, 'aurora', 'Aurora Group'),
  customer(3001, 3000, 'aurora-europe', 'Aurora Europe'),
  customer(3002, 3000, 'aurora-americas', 'Aurora Americas'),
  customer(3003, 3000, 'aurora-apac', 'Aurora Asia Pacific'),
  customer(3004, 3001, 'aurora-france', 'Aurora France'),
  customer(3005, 3001, 'aurora-deutschland', 'Aurora Deutschland'),
  customer(3006, 3001, 'aurora-polska', 'Aurora Polska'),
  customer(3007, 3001, 'aurora-ellada', 'Aurora Ελλάδα'),
  customer(3008, 3002, 'aurora-usa', 'Aurora USA'),
  customer(3009, 3002, 'aurora-brasil', 'Aurora Brasil'),
  customer(3010, 3003, 'aurora-japan', 'オーロラ株式会社'),
  customer(3011, 3003, 'aurora-korea', '오로라 코리아'),
  customer(3012, 3008, 'aurora-usa-east', 'Aurora USA East'),
  customer(3013, 3008, 'aurora-usa-west', 'Aurora USA West'),
  customer(3014, 3012, 'aurora-boston', 'Aurora Boston'),
  customer(3015, 3014, 'aurora-boston-lab', 'Aurora Boston Laboratory'),
  customer(3100, 1, 'meridian', 'Meridian Freight'),
  customer(3101, 3100, 'meridian-sea', 'Meridian Sea'),
  customer(3102, 3100, 'meridian-rail', 'Meridian Rail'),
  customer(3103, 3101, 'meridian-rotterdam', 'Meridian Rotterdam'),
  customer(3104, 3101, 'meridian-santos', 'Meridian Santos'),
  customer(3105, 3102, 'meridian-praha', 'Meridian Praha'),
  customer(3200, 1, 'o-hare', 'O’Hare & Sons'),
  customer(3201, 3200, 'o-hare-dublin', 'O’Hare Dublin'),
  customer(3300, 1, 'universidad', 'Universidad del Norte'),
  customer(3301, 3300, 'universidad-medicina', 'Facultad de Medicina'),
  customer(3302, 3300, 'universidad-ingenieria', 'Facultad de Ingeniería'),
  customer(3303, 3301, 'universidad-clinica', 'Clínica Universitaria'),
  customer(3400, 1, 'noor', 'شركة النور'),
  customer(3401, 3400, 'noor-dubai', 'النور دبي'),
  customer(3500, 1, 'shalom', 'שלום תקשורת'),
  customer(3600, 1, 'bharat', 'भारत उद्योग'),
  customer(3601, 3600, 'bharat-pune', 'भारत उद्योग पुणे'),
  customer(3700, 1, 'huaxia', '华夏科技'),
  customer(3701, 3700, 'huaxia-shanghai', '华夏科技上海'),
  customer(3702, 3700, 'huaxia-shenzhen', '华夏科技深圳'),
  customer(3800, 1, 'smabarn', 'Småbarn & Øst'),
  customer(3900, 1, 'vacant', 'Vacant Holdings'),
]
