import type {Problem} from '../problem.ts';

/** The kubelet says so where a log is a file: it is always whole (pkg/kubelet/kubelet_server_journal.go). */
const wantsNoOptions = /options present and query resolved to log files/;
const notFound = /log not found for/;
/** A kubelet without the node log query shows its log folder instead. */
const folder = /^\s*(?:<!doctype html>|<pre>)/i;
const usuallyMissing: ReadonlySet<string> = new Set(['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd']);

/** What a node's answer says instead of the log; undefined where it is the log. */
export function nodeAnswer(text: string): 'no-options' | 'not-found' | 'folder' | undefined {
	const head = text.slice(0, 400);
	if (folder.test(head)) return 'folder';
	if (wantsNoOptions.test(head)) return 'no-options';
	return notFound.test(head) && head.trim().length < 200 ? 'not-found' : undefined;
}

/** The reason a component's log cannot be read this way, and the command on the host that shows it. */
export function nodeProblem(place: Readonly<{node: string; service: string}>, answer: 'not-found' | 'folder' | Problem): Problem {
	const {node, service} = place;
	const what = `Could not read the log of ${service} on node ${node}`;
	const remedy = `On ${node} itself: journalctl -u ${service}`;
	if (answer === 'folder')
		return {
			code: 'invalid',
			what,
			cause: 'its kubelet has the node log query switched off (feature gate NodeLogQuery, enableSystemLogQuery in its configuration)',
			remedy: `${remedy}.`,
		};
	if (answer === 'not-found') {
		const pod = usuallyMissing.has(service) ? ` It may run as a pod: look for ${service}-${node} in kube-system.` : '';
		return {code: 'not-found', what, cause: `the node has no log of ${service}`, remedy: `${remedy}.${pod}`};
	}
	if (answer.code === 'forbidden') return {...answer, what, remedy: `Ask for get on nodes/proxy. ${remedy}.`};
	if (answer.status === 405) return {...answer, what, cause: 'its kubelet serves no logs (enableSystemLogHandler is off)', remedy: `${remedy}.`};
	return {...answer, what, remedy: `${remedy}.`};
}
