import {unreadKinds, whyUnread} from '../../diagnose/coverage.ts';
import {rank} from '../../diagnose/rank.ts';
import {verdictOf} from '../../diagnose/verdict.ts';
import type {Ref} from '../../kubernetes.ts';
import {judgeNetwork} from '../dns/judge-dns.ts';
import type {NetReport} from '../net-report.ts';
import type {ProbedQuestion} from './probed-question.ts';
import {mergeFindings} from './merge-findings.ts';

const families = new Set(['node', 'network', 'overlay', 'kube-proxy']);
const subject: Ref = {apiVersion: 'k8tui', kind: 'Network', name: 'nodes'};

/** What the ways between nodes and pods come to: by the nodes' own state, and by the matrix. */
export function nodesReport({view, judged, cells, probed, sources, leftBehind, notSent}: ProbedQuestion): NetReport {
	const own = judged.findings.filter(({family}) => families.has(family.toLowerCase()));
	const seen = probed ? judgeNetwork(view, cells) : undefined;
	const unread = probed ? [] : unreadKinds(view, ['nodes', 'pods']);
	const undecided = notSent ?? (unread.length > 0 ? whyUnread(view, unread) : seen?.undecided);
	const {all, roots} = rank(mergeFindings(own, seen?.findings ?? []), view);
	return {
		verdict: verdictOf(roots, {
			about: 'Nodes and pods',
			subject,
			probed,
			cells,
			...(undecided === undefined ? {} : {undecided: `Nodes and pods: ${undecided}`}),
		}),
		findings: all,
		ruledOut: seen?.ruledOut ?? [],
		notChecked: [
			...(seen?.notChecked ?? [{what: 'traffic between pods', why: 'not probed: no consent was given to run commands in pods'}]),
			...judged.notChecked,
		],
		cells,
		...(sources === undefined ? {} : {sources}),
		...(leftBehind === undefined ? {} : {leftBehind}),
	};
}
