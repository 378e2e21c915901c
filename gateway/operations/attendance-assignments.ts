import {
  changeDepartment,
  closeDepartment,
  movePeople,
  removeAssignment,
  saveAssignment,
} from '../attendance/plan/change-assignments.ts'
import { importPlan } from '../attendance/plan/import-plan.ts'
import { findAssignment, listAssignments } from '../store/assignments.ts'
import { listDepartments, listMembers, membersOn } from '../store/departments.ts'
import type { Handlers } from './handler.ts'
import { planChange, requireOrder, siteToday } from './plan-change.ts'
import { assignmentEntity, savedFields } from './plan-entities.ts'

export const attendanceAssignmentHandlers = {
  async 'attendance.departments'(_input, call) {
    const { read } = call.deps.store
    const [rows, members] = await Promise.all([
      listDepartments(read, { removed: false }),
      membersOn(read, siteToday(call)),
    ])
    const people = Map.groupBy(members, row => row.department_id)
    const Departments = rows.map(row => ({
      DepartmentID: row.department_id,
      Name: row.name,
      Site: row.site,
      People: people.get(row.department_id)?.length ?? 0,
      ...savedFields(row),
    }))
    return { status: 200, body: { Departments } }
  },

  async 'attendance.saveDepartment'(input, call) {
    const change = planChange(call)
    const wanted = { id: input.DepartmentID, name: input.Name, site: input.Site || null }
    const id = await call.deps.store.write(write => changeDepartment(write, wanted, change))
    const people = await membersOn(call.deps.store.read, change.today, id)
    return {
      status: 200,
      body: {
        Department: {
          DepartmentID: id,
          Name: wanted.name,
          Site: wanted.site,
          People: people.length,
          ...savedFields({ saved_at: change.atMs, saved_by: change.by }),
        },
      },
    }
  },

  async 'attendance.removeDepartment'({ DepartmentID }, call) {
    const change = planChange(call)
    await call.deps.store.write(write => closeDepartment(write, DepartmentID, change))
    return { status: 200, body: { DepartmentID } }
  },

  async 'attendance.members'(input, call) {
    const { rows, paging } = await listMembers(
      call.deps.store.read,
      { departmentId: input.DepartmentID, employeeCode: input.EmployeeCode },
      { offSet: input.OffSet, limit: input.Limit },
    )
    const Members = rows.map(row => ({
      EmployeeCode: row.employee_code,
      EmployeeName: row.name ?? '',
      FromDate: row.from_date,
      DepartmentID: row.department_id,
    }))
    return { status: 200, body: { Members, ...paging } }
  },

  async 'attendance.moveMembers'(input, call) {
    const change = planChange(call)
    const codes = [...new Set(input.EmployeeCode)]
    const to = { departmentId: input.DepartmentID ?? null, fromDate: input.FromDate }
    await call.deps.store.write(write => movePeople(write, codes, to, change))
    return { status: 200, body: { Moved: codes.length } }
  },

  async 'attendance.assignments'(input, call) {
    const { rows, paging } = await listAssignments(
      call.deps.store.read,
      {
        employeeCode: input.EmployeeCode,
        departmentId: input.DepartmentID,
        shiftId: input.ShiftID,
        rotationId: input.RotationID,
        removed: input.Removed,
      },
      { offSet: input.OffSet, limit: input.Limit },
    )
    return { status: 200, body: { Assignments: rows.map(assignmentEntity), ...paging } }
  },

  async 'attendance.saveAssignment'(input, call) {
    const change = planChange(call)
    requireOrder(input.FromDate, input.ToDate)
    const wanted = {
      employeeCode: input.EmployeeCode ?? null,
      departmentId: input.DepartmentID ?? null,
      shiftId: input.ShiftID ?? null,
      rotationId: input.RotationID ?? null,
      weekdays: input.Weekdays,
      offsetDays: input.OffsetDays,
      fromDate: input.FromDate,
      toDate: input.ToDate ?? null,
      site: input.Site || null,
      worksHolidays: input.WorksHolidays,
    }
    const row = await call.deps.store.write(async write => {
      const id = await saveAssignment(write, input.AssignmentID, wanted, change)
      return findAssignment(write, id)
    })
    if (row === undefined) throw new Error('The assignment that was just saved is gone')
    return { status: 200, body: { Assignment: assignmentEntity(row) } }
  },

  async 'attendance.removeAssignment'({ AssignmentID }, call) {
    const change = planChange(call)
    await call.deps.store.write(write => removeAssignment(write, AssignmentID, change))
    return { status: 200, body: { AssignmentID: String(AssignmentID) } }
  },

  async 'attendance.importPlan'(input, call) {
    const change = planChange(call)
    const { rows, columns, written } = await importPlan(call.deps.store, {
      kind: input.Kind,
      text: input.Text,
      dryRun: input.DryRun,
      change,
    })
    const count = (outcome: string) => rows.filter(row => row.outcome === outcome).length
    return {
      status: 200,
      body: {
        DryRun: input.DryRun,
        Columns: [...columns],
        Rows: rows.map(row => ({
          Line: row.line,
          Outcome: row.outcome,
          About: row.about,
          Field: row.field,
          Fault: row.fault,
        })),
        Added: count('add'),
        Changed: count('change'),
        Same: count('same'),
        Faults: count('fault'),
        Written: written,
      },
    }
  },
} satisfies Partial<Handlers>
