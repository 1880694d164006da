import type {ClusterView} from '../../check.ts';
import type {Judged} from '../../diagnose/judge.ts';
import {needs} from '../../diagnose/needs.ts';
import type {Finding} from '../../finding.ts';
import type {Ref} from '../../kubernetes.ts';
import type {NotChecked} from '../net-report.ts';

/** As far as an object is still part of what is asked about. */
const farthest = 6;

/** The findings about objects that these need, directly or over others; what could not be looked at always counts. */
export function aboutObjects(findings: readonly Finding[], subjects: readonly Ref[], view: ClusterView): readonly Finding[] {
	const distance = needs(view);
	return findings.filter(finding => finding.class === 'coverage' || subjects.some(subject => distance(subject, finding.subject) <= farthest));
}

/** Each key once; the first one wins. */
export function onceByKey(findings: readonly Finding[]): readonly Finding[] {
	const found = new Map<string, Finding>();
	for (const finding of findings) if (!found.has(finding.key)) found.set(finding.key, finding);
	return [...found.values()];
}

/** What is seen about these objects, but not for long enough to be told. */
export function waitingAbout({waiting}: Pick<Judged, 'waiting'>, subjects: readonly Ref[], view: ClusterView): readonly NotChecked[] {
	const distance = needs(view);
	return waiting
		.filter(({finding}) => subjects.some(subject => distance(subject, finding.subject) <= farthest))
		.map(({finding, why}) => ({what: finding.title, why}));
}
