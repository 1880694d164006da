import type {Finding} from '../core/finding.ts';
import type {Ref} from '../core/kubernetes.ts';
import type {ProbeCell} from '../core/net/cell.ts';
import type {NetReport, Verdict} from '../core/net/net-report.ts';
import {jsonText} from './json-text.ts';

/** The report of `k8tui net` as JSON; the form is the same in every release. `about`: the view, and what it was asked. */
export function netJson(report: NetReport, about: Readonly<Record<string, unknown>>): string {
	const {verdict, findings, ruledOut, notChecked, sources, cells, steps, waysIn, allowed, why, leftBehind} = report;
	const value = {
		...about,
		verdict: verdictForm(verdict),
		findings: findings.map(findingForm),
		ruledOut,
		notChecked,
		...(sources === undefined ? {} : {sources}),
		...(cells === undefined ? {} : {cells: cells.map(cellForm)}),
		...(steps === undefined ? {} : {steps}),
		...(waysIn === undefined ? {} : {waysIn}),
		...(allowed === undefined ? {} : {allowed}),
		...(why === undefined ? {} : {why}),
		...(leftBehind === undefined ? {} : {leftBehind}),
	};
	return `${jsonText(value, 2)}\n`;
}

function verdictForm({id, title, confidence, severity, subject, evidence, remedy}: Verdict) {
	return {id, title, confidence, severity, subject: refForm(subject), evidence, remedy};
}

function findingForm({since, subject, ...finding}: Finding) {
	return {...finding, subject: refForm(subject), ...(since === undefined ? {} : {since: new Date(since).toISOString()})};
}

function refForm({apiVersion, kind, namespace, name, uid}: Ref) {
	return {apiVersion, kind, ...(namespace === undefined ? {} : {namespace}), name, ...(uid === undefined ? {} : {uid})};
}

/** One probe: `from` is the pod, `to` what was asked as the reader knows it; their node and address stand beside them. */
function cellForm({row, from, to, protocol, name, transport, answer, values, answeredBy, ms, tried, failed, tool, detail, at}: ProbeCell) {
	return {
		row,
		from: `${from.namespace}/${from.pod}`,
		fromNode: from.node,
		to: to.title,
		address: to.address,
		port: to.port,
		...(to.node === undefined ? {} : {toNode: to.node}),
		protocol,
		...(name === undefined ? {} : {name}),
		transport,
		answer: answer ?? null,
		ms: ms ?? null,
		...(values === undefined ? {} : {values}),
		...(answeredBy === undefined ? {} : {answeredBy}),
		tried,
		failed,
		tool,
		detail,
		at: new Date(at).toISOString(),
	};
}
