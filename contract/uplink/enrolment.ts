/** How a kiosk becomes one of the fleet: what it hands in, and what it gets back. */
export { isEnrolment, isEnrolmentRequest, isSiteInfo } from './enrolment.generated.ts';
export type { Enrolment, EnrolmentRequest, SiteInfo } from './enrolment.schema.ts';
