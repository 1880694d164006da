import type {Finding} from '../finding.ts';
import type {Ref} from '../kubernetes.ts';
import type {CellTransport, ProbeCell} from '../net/cell.ts';
import type {Verdict} from '../net/net-report.ts';
import type {Root} from './rank.ts';

/** Verdicts that name no fault (diagnosis.md 4.5). */
export const clearVerdicts = ['NET_NO_FAULT_REPRODUCED', 'NET_NOT_PROBED', 'PATH_OK', 'NET_INCONCLUSIVE'] as const;

export type VerdictQuestion = Readonly<{
	/** What was asked about, in words: `DNS`, `web.shop:80`. */
	about: string;
	/** The object of a verdict that names no fault. */
	subject: Ref;
	/** Traffic was sent. */
	probed: boolean;
	/** Of this question alone. */
	cells: readonly ProbeCell[];
	/** Of a traced path: every step down to the container was seen to be well. */
	path?: 'complete' | 'unknown';
	/** Why nothing can be said, where that is known already. */
	undecided?: string;
}>;

/** Cells that say something about the network, and not about the probe. */
const informative: ReadonlySet<CellTransport> = new Set(['ok', 'timeout', 'refused', 'no-route', 'wrong-source']);
/** Facts about a node or a container, and controls that must fail: none of them is a way that should be open. */
const aside: ReadonlySet<ProbeCell['row']> = new Set(['R1', 'R14', 'R15', 'R16']);
/** Fewer of them decide nothing (diagnosis.md 4.5, row 26). */
const fewest = 2;

/**
 * What a run comes to, never undefined: the gravest root that is a fault of some weight, else what was and was not seen. A fault
 * that is only possible never becomes the verdict while the probes answered.
 */
export function verdictOf(roots: readonly Root[], question: VerdictQuestion): Verdict {
	const told = question.cells.filter(({row, transport}) => informative.has(transport) && !aside.has(row));
	const isWell = question.probed && told.length >= least(question) && told.every(({transport, failed}) => transport === 'ok' && failed === 0);
	const root = roots.find(({finding}) => finding.class === 'fault' && finding.severity !== 'info' && !(isWell && finding.confidence === 'possible'));
	if (root) return verdictOfFinding(root.finding);
	const undecided = question.undecided ?? (question.probed ? doubt(question, told) : undefined);
	if (undecided !== undefined) return clear(question, {id: 'NET_INCONCLUSIVE', severity: 'undecided', confidence: 'possible', title: undecided});
	if (question.path !== undefined) return ofPath(question);
	if (!question.probed) return notProbed(question);
	const count = told.reduce((sum, {tried}) => sum + tried, 0);
	return clear(question, {
		id: 'NET_NO_FAULT_REPRODUCED',
		severity: 'none',
		confidence: 'proven',
		title: `${question.about}: no fault reproduced in ${count} probes`,
	});
}

/** The verdict that names this finding. */
export function verdictOfFinding({id, title, confidence, severity, subject, evidence, remedy}: Finding): Verdict {
	return {id, title, confidence, severity, subject, evidence, remedy};
}

/** A path to a pod has one cell and no more. */
function least({path}: VerdictQuestion): number {
	return path === undefined ? fewest : 1;
}

/** Why probes that were sent decide nothing: too few answered, or some failed and no rule says why. */
function doubt(question: VerdictQuestion, told: readonly ProbeCell[]): string | undefined {
	const {about, cells} = question;
	if (told.length < least(question)) {
		const [first] = cells.filter(({transport}) => !informative.has(transport));
		return `${about}: only ${told.length} of ${cells.length} probes say anything${first ? `; ${first.from.namespace}/${first.from.pod}: ${first.detail}` : ''}`;
	}
	const failed = told.find(({transport, failed: count}) => transport !== 'ok' || count > 0);
	return failed && `${about}: ${failed.from.namespace}/${failed.from.pod} to ${failed.to.title} ${failed.transport}, and no rule tells why`;
}

function ofPath(question: VerdictQuestion): Verdict {
	const {about, path, probed} = question;
	if (path === 'unknown') {
		return clear(question, {id: 'NET_INCONCLUSIVE', severity: 'undecided', confidence: 'possible', title: `${about}: parts of the path could not be read`});
	}
	const title = probed ? `${about}: the path is complete, and every probe arrived` : `${about}: the path is complete; no traffic was sent`;
	return clear(question, {id: 'PATH_OK', severity: 'none', confidence: probed ? 'proven' : 'likely', title});
}

function notProbed(question: VerdictQuestion): Verdict {
	return clear(question, {
		id: 'NET_NOT_PROBED',
		severity: 'none',
		confidence: 'likely',
		title: `${question.about}: nothing wrong in what was read; no traffic was sent`,
	});
}

function clear({subject, cells}: VerdictQuestion, verdict: Pick<Verdict, 'id' | 'severity' | 'confidence' | 'title'>): Verdict {
	const evidence = cells
		.filter(({transport}) => informative.has(transport))
		.slice(0, 4)
		.map(({from, to, protocol, transport, answer, ms}) => ({
			ref: subject,
			path: `probe ${from.namespace}/${from.pod} -> ${to.title} ${to.address}:${to.port}/${protocol}`,
			value: [answer ?? transport, ...(ms === undefined ? [] : [`${ms} ms`])].join(', '),
		}));
	return {...verdict, subject, evidence, remedy: []};
}
