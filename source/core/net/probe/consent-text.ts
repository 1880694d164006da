import {plural} from '../../text.ts';
import type {Probe} from '../../probe.ts';
import type {ProbeSource} from '../cell.ts';
import {debugPod, debugSeconds, defaultProbeImage} from './debug-pod.ts';
import {isNodeSource, type ProbePlan, type ProbeQuestion, type ProbeWay} from './probe-plan.ts';
import {isAskedBy} from './sources-for-way.ts';
import {discoveryArgv, type Tools} from './tools.ts';

/** What busybox has, the usual case: the commands are shown as it is asked. */
const usual: Tools = {
	shell: 'sh',
	has: new Set(['nslookup', 'nc', 'wget', 'ping', 'timeout', 'head']),
	nslookup: 'busybox',
	nc: 'busybox',
	wget: 'busybox',
	timeout: 'plain',
};
const preferred = 'python3, node, dig, kdig, nslookup, host, bash, drill, getent, nc, curl, wget';

/**
 * What a run will do, before it is allowed: diagnosis.md 4.2, levels 1 to 3. Plain lines; the first is the heading. Commands stand as the
 * words that are run, without a shell's quotes but for the one script that looks for tools.
 */
export function consentText(plan: ProbePlan, kinds: readonly Probe[], way: ProbeWay, image: string = defaultProbeImage): readonly string[] {
	const asked = plan.sources.filter(source => isAskedBy(way, source) && plan.questions.some(({from}) => from === source));
	if (asked.length === 0) return ['Nothing can be probed.', ...plan.notes];
	return [
		`Probes: ${plan.title}`,
		...placeLines(asked, plan, way, image),
		...effectLines(way, asked, image),
		'',
		`In each container first: ${discoveryArgv('NONCE').slice(0, 2).join(' ')} '${(discoveryArgv('NONCE')[2] ?? '').replaceAll('\n', '; ')}' k8tui NONCE`,
		'Then, several in one sh -c, side by side and each with its own time limit:',
		...commandLines(
			plan.questions.filter(({from}) => asked.includes(from)),
			kinds,
		),
		`A container with something better (in this order: ${preferred}) is asked the same names and addresses with that. NONCE is a new random word.`,
		...plan.notes,
	];
}

function placeLines(sources: readonly ProbeSource[], plan: ProbePlan, way: ProbeWay, image: string): readonly string[] {
	return sources.map(source => {
		const count = plan.questions.filter(({from}) => from === source).reduce((sum, {samples}) => sum + samples, 0);
		const asks = plural(count, 'question');
		const {role, namespace, pod, container, node} = source;
		if (way === 'exec') return `  ${role}  pod ${namespace}/${pod}, container ${container}, node ${node}: ${asks}`;
		if (way === 'ephemeral') return `  ${role}  a new container in pod ${namespace}/${pod}, node ${node}, image ${image}: ${asks}`;
		return `  ${role}  a new pod on node ${node}${isNodeSource(source) ? ' in the network of the node' : ''}, image ${image}: ${asks}`;
	});
}

function effectLines(way: ProbeWay, [first]: readonly ProbeSource[], image: string): readonly string[] {
	const common = ["Ends after 45 s at the latest. Runs as the container's user; appears in the audit log; consumes the container's CPU/memory limit."];
	if (way === 'exec') return ['Leaves nothing behind.', ...common];
	if (way === 'ephemeral')
		return [
			"An ephemeral container cannot be removed until its pod is deleted. It has no extra privileges, shares the pod's network,",
			`sleeps, and ends after ${debugSeconds} s. Pulling the image may take up to a minute; PodSecurity or admission may refuse it.`,
			...common,
		];
	if (first === undefined) return common;
	const {spec} = debugPod({source: first, namespace: 'default', name: 'probe', session: 'x', image});
	return [
		`The pods are labelled k8tui.io/debug, have no service account token and no privileges, and are deleted at the end; if k8tui dies they end after ${String(spec['activeDeadlineSeconds'])} s.`,
		'Pulling the image may take up to a minute; PodSecurity or admission may refuse them. NetworkPolicies of the client do not select them.',
		...common,
	];
}

/** The same words from several sources stand once. */
function commandLines(questions: readonly ProbeQuestion[], kinds: readonly Probe[]): readonly string[] {
	const lines = new Map<string, Set<string>>();
	for (const question of questions) {
		const text = commandText(question, kinds);
		lines.set(text, (lines.get(text) ?? new Set()).add(question.from.role));
	}
	return [...lines].map(([text, roles]) => `  ${text}  (${[...roles].join(', ')})`);
}

function commandText(question: ProbeQuestion, kinds: readonly Probe[]): string {
	const kind = kinds.find(({id}) => id === question.probe);
	const words = kind?.command(question, usual)?.words ?? kind?.ask(question) ?? [];
	const [first, ...rest] = words;
	// The batch has these as functions of its own: in words.
	const shown =
		first === 'f'
			? `read ${rest.join(' ')}`
			: first === 'e'
				? `see whether these variables are set: ${rest.join(' ')}`
				: first === 'g'
					? `${rest.join(' ')} | wc -c`
					: words.join(' ');
	return question.samples > 1 ? `${shown}, ${question.samples} times` : shown;
}
