import { useQuery } from '@tanstack/react-query'
import { operationQuery } from '../../../../api/query.ts'

const idle = { staleTime: 30_000 } as const

/** Names of everything a plan refers to, by id. */
export function useNamed() {
  const shifts = useQuery({ ...operationQuery('attendance.shifts', {}), ...idle }).data?.Shifts ?? []
  const rotations = useQuery({ ...operationQuery('attendance.rotations', {}), ...idle }).data?.Rotations ?? []
  const departments =
    useQuery({ ...operationQuery('attendance.departments', {}), ...idle }).data?.Departments ?? []
  return {
    shifts: new Map(shifts.map(row => [row.ShiftID, row.Name])),
    rotations: new Map(rotations.map(row => [row.RotationID, row.Name])),
    departments: new Map(departments.map(row => [row.DepartmentID, row.Name])),
    /** Sites by name: where terminals are, and where departments are said to be. */
    departmentSites: [...new Set(departments.flatMap(row => row.Site ?? []))],
  }
}
