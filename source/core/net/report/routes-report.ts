import type {ClusterView} from '../../check.ts';
import type {Judged} from '../../diagnose/judge.ts';
import {rank} from '../../diagnose/rank.ts';
import {verdictOf} from '../../diagnose/verdict.ts';
import type {Ref} from '../../kubernetes.ts';
import type {Tone} from '../../tone.ts';
import {routesModel} from '../build-routes-model.ts';
import type {NetReport, NotChecked, WayIn} from '../net-report.ts';
import type {RouteRow} from '../routes-model.ts';
import {onceByKey} from './relevant.ts';

export type RoutesReportQuestion = Readonly<{view: ClusterView; judged: Judged; wish: Readonly<{/** undefined: everywhere. */ namespace?: string}>}>;

const families = new Set(['Ingress', 'Gateway']);
const states: Readonly<Partial<Record<Tone, WayIn['state']>>> = {error: 'broken', warning: 'warning', unknown: 'unknown', progressing: 'unknown'};

/** What `k8tui net routes` tells: every way in, and the gravest fault of any of them. */
export function routesReport({view, judged, wish: {namespace}}: RoutesReportQuestion): NetReport {
	const model = routesModel(view, {findings: judged.findings, ...(namespace === undefined ? {} : {namespace})});
	const about: Ref = {apiVersion: 'k8tui', kind: 'Network', name: namespace ?? 'routes'};
	const own = model.rows.flatMap(({findings}) => findings);
	const general = judged.findings.filter(
		({family, class: of, subject}) => families.has(family) && (of === 'coverage' || namespace === undefined || subject.namespace === namespace),
	);
	const {all, roots} = rank(onceByKey([...own, ...general]), view);
	const count = model.rows.length;
	const verdict = verdictOf(roots, {
		about: `${count} ${count === 1 ? 'way' : 'ways'} into ${namespace ?? 'the cluster'}`,
		subject: about,
		probed: false,
		cells: [],
		...(model.loading.length > 0 || model.unread.some(({kind}) => kind === 'services' || kind === 'ingresses.networking.k8s.io')
			? {undecided: `not everything could be read: ${[...model.loading, ...model.unread.map(({kind}) => kind)].join(', ')}`}
			: {}),
	});
	const unread = model.unread.flatMap(({kind, readable}): readonly NotChecked[] => ('problem' in readable ? [{what: kind, why: readable.problem.cause}] : []));
	return {
		verdict,
		findings: all,
		ruledOut: [],
		notChecked: [...unread, ...judged.notChecked.filter(({what}) => !unread.some(one => one.what === what))],
		waysIn: model.rows.map(wayOf),
	};
}

function wayOf({type, title, entry, backend, ready, tls, served, tone, ref, details}: RouteRow): WayIn {
	return {type, object: title, ref, entry, backend, state: states[tone] ?? 'ok', ready: ready.text, tls: tls.text, served: served.text, details};
}
