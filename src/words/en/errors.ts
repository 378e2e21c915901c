import type { ErrorTextKey } from '../../api/error-text.ts'

/** What went wrong, and what to do about it. */
export interface ErrorWords {
  readonly title: string
  readonly advice: string
}

export const errors: Record<ErrorTextKey, ErrorWords> = {
  input: { title: 'Something in the form is not right', advice: 'Check the marked field and send it again.' },
  date: { title: 'A date cannot be read', advice: 'Use a real day, with the start before the end.' },
  page: { title: 'This page of the list no longer exists', advice: 'Start again from the first page.' },
  order: { title: 'The order was not accepted', advice: 'Nothing was sent. Confirm it once more.' },
  address: {
    title: 'This address is not allowed',
    advice: 'Private addresses need permission from whoever runs Gatehouse.',
  },
  password: { title: 'This password cannot be used', advice: 'Choose a longer one that is not well known.' },
  notSupported: { title: 'This terminal cannot do that', advice: 'Try a terminal that has the function.' },
  session: { title: 'You are signed out', advice: 'Sign in again to go on.' },
  signIn: { title: 'Name or password is wrong', advice: 'Try again.' },
  gatewayRefused: {
    title: 'The gateway refused Gatehouse',
    advice:
      'Its access token is missing, wrong or not meant for this terminal. Whoever runs Gatehouse can set it.',
  },
  forbidden: {
    title: 'You do not have the right for this',
    advice: 'Someone who manages accounts can give it to you.',
  },
  origin: {
    title: 'The request came from another address',
    advice: 'Open Gatehouse under its own address and try again.',
  },
  notFound: { title: 'This no longer exists', advice: 'It may have been removed meanwhile.' },
  unknownOperation: {
    title: 'The gateway does not know this operation',
    advice: 'A gateway of another maker or version may lack it.',
  },
  planInUse: { title: 'Something in the plan still depends on this', advice: 'End or change that first.' },
  deviceGone: { title: 'There is no such terminal', advice: 'It may have been removed meanwhile.' },
  doorGone: { title: 'This terminal has no such door', advice: 'Check the number of the door.' },
  personGone: { title: 'There is no such person', advice: 'The code may be mistyped; leading zeros count.' },
  commandGone: { title: 'This order is no longer known', advice: 'Its result cannot be shown.' },
  payrollTemplateGone: { title: 'This form is not there', advice: 'Somebody may have removed it.' },
  payrollNotFinal: { title: 'Days may still change', advice: 'Accept that, or close the period first.' },
  payrollTooWide: { title: 'A number is wider than its column', advice: 'Give the column more width.' },
  photoGone: { title: 'There is no photo of this punch', advice: 'The terminal may not have taken one.' },
  correctionGone: {
    title: 'This is no longer there',
    advice: 'Somebody else may have changed it; look again.',
  },
  samePerson: {
    title: 'It takes somebody else',
    advice: 'You proposed this yourself. A second person has to agree.',
  },
  settled: { title: 'This is settled already', advice: 'Somebody else has decided it or taken it back.' },
  periodChanged: {
    title: 'Something has come up since you looked',
    advice: 'Look at the list again before you close.',
  },
  periodClosed: { title: 'These days are closed already', advice: 'Reopen the period to change it.' },
  deviceOffline: {
    title: 'The terminal is not reachable',
    advice: 'Nothing was sent. Try again once it is back.',
  },
  commandQueued: {
    title: 'The terminal is not reachable',
    advice: 'The order waits and is handed over when it returns.',
  },
  reason: { title: 'This door needs a reason', advice: 'Say why it is opened, then confirm it once more.' },
  second: { title: 'A second person has to agree', advice: 'Nothing was sent yet.' },
  stepUp: { title: 'Your password is needed once more', advice: 'Nothing was sent yet.' },
  tooLate: { title: 'It has gone further already', advice: 'Look at how it stands now.' },
  deviceWaiting: { title: 'The terminal is not adopted yet', advice: 'Adopt it first.' },
  tooLarge: { title: 'That is too large', advice: 'Send less at once.' },
  tooMany: { title: 'Too many requests', advice: 'Wait a moment and try again.' },
  broken: {
    title: 'Something broke on our side',
    advice: 'Try again. If it stays, the log of Gatehouse has the cause.',
  },
  notBuilt: { title: 'This is not available yet', advice: 'It comes with a later release.' },
  gatewayAway: { title: 'The gateway does not answer', advice: 'It is tried again by itself.' },
  storeAway: { title: 'The data store does not answer', advice: 'Nothing was changed. Try again shortly.' },
  auditAway: {
    title: 'The audit could not be written',
    advice: 'So nothing was done. Whoever runs Gatehouse must look at its disk.',
  },
  unreachable: {
    title: 'Gatehouse cannot be reached',
    advice: 'Check the network of this computer. It is tried again by itself.',
  },
}
