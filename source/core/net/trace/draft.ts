import type {Evidence, Finding} from '../../finding.ts';
import {fault} from '../fault.ts';
import type {NotChecked, PathStep} from '../net-report.ts';
import type {TraceOutcome} from './trace.ts';

/** A step while the path is being traced; what is broken says what becomes of a connection there. */
export type DraftStep = PathStep & Readonly<{findings?: readonly Finding[]; notChecked?: readonly NotChecked[]; outcome?: TraceOutcome; symptom?: string}>;

type Words = Pick<Finding, 'id' | 'subject' | 'title'> &
	Partial<Pick<Finding, 'severity' | 'confidence' | 'remedy' | 'since'>> &
	Readonly<{evidence: readonly Evidence[]; part?: string}>;

/** A fault that the tracer sees: critical and likely, because it was derived, unless said otherwise. */
export function traceFinding(words: Words): Finding {
	return fault({family: familyOf(words.id), severity: 'critical', confidence: 'likely', ...words});
}

const families: ReadonlyArray<readonly [prefix: string, family: string]> = [
	['SVC_', 'Service'],
	['LB_', 'Service'],
	['PORT_', 'Service'],
	['ING_', 'Ingress'],
	['GW_', 'Gateway'],
	['ROUTE_', 'Gateway'],
	['NP_', 'NetworkPolicy'],
	['DNS_', 'DNS'],
	['NAME_', 'DNS'],
	['NODE_', 'Node'],
	['POD_', 'Pod'],
];

function familyOf(id: string): string {
	return families.find(([prefix]) => id.startsWith(prefix))?.[1] ?? 'Network';
}

/** `1 pod`, `2 pods`. */
export function counted(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The first of many lines, and how many more there are. */
export function atMost(lines: readonly string[], most: number): readonly string[] {
	return lines.length <= most ? lines : [...lines.slice(0, most - 1), `and ${lines.length - most + 1} more`];
}
