import {plural} from '../../text.ts';
import type {Probe} from '../../probe.ts';
import type {ProbeSource} from '../cell.ts';
import {debugLabel, debugSeconds} from './debug-pod.ts';
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

/** For what is made in the cluster: of which image, and where pods are. */
export type ConsentPlace = Readonly<{image: string; namespace: string}>;

/**
 * What a run will do, before it is allowed: diagnosis.md 4.2, levels 1 to 3: what runs, with which image, what is left, what it costs;
 * then every place and every command. Plain lines; the first names the run. Commands stand as the words that are run, without a
 * shell's quotes but for the one script that looks for tools.
 */
export function consentText(plan: ProbePlan, kinds: readonly Probe[], way: ProbeWay, {image, namespace}: ConsentPlace): readonly string[] {
	const asked = plan.sources.filter(source => isAskedBy(way, source) && plan.questions.some(({from}) => from === source));
	const [client, ...others] = asked;
	if (client === undefined) return ['Nothing can be probed.', ...plan.notes];
	return [
		plan.title,
		...effectLines(way, [client, ...others], {image, namespace}),
		...plan.notes,
		...placeLines(asked, plan, way),
		'',
		'Then these commands, several in one sh -c, side by side and each with its own time limit:',
		...commandLines(
			plan.questions.filter(({from}) => asked.includes(from)),
			kinds,
		),
		`A container with something better (in this order: ${preferred}) is asked the same names and addresses with that.`,
		`First, to see what there is: ${discoveryArgv('NONCE').slice(0, 2).join(' ')} '${(discoveryArgv('NONCE')[2] ?? '').replaceAll('\n', '; ')}' k8tui NONCE`,
		'NONCE is a new random word.',
	];
}

function placeLines(sources: readonly ProbeSource[], plan: ProbePlan, way: ProbeWay): readonly string[] {
	return sources.map(source => {
		const asks = plural(samplesOf(plan, [source]), 'question');
		const {role, namespace, pod, container, node} = source;
		if (way === 'exec') return `  ${role}  pod ${namespace}/${pod}, container ${container}, node ${node}: ${asks}`;
		if (way === 'ephemeral') return `  ${role}  a new container in pod ${namespace}/${pod}, node ${node}: ${asks}`;
		return `  ${role}  a new pod on node ${node}${isNodeSource(source) ? ' in the network of the node' : ''}: ${asks}`;
	});
}

function samplesOf({questions}: ProbePlan, sources: readonly ProbeSource[]): number {
	return questions.filter(({from}) => sources.includes(from)).reduce((sum, {samples}) => sum + samples, 0);
}

/** What runs, with what, what stays, what it costs: in this order for each way. */
function effectLines(
	way: ProbeWay,
	asked: readonly [client: ProbeSource, ...others: readonly ProbeSource[]],
	{image, namespace}: ConsentPlace,
): readonly string[] {
	const [client] = asked;
	const over = '45 s at the most';
	const pulled = `Image: ${image}; :net image takes another. Where a node has to pull it that may take a minute.`;
	const onHost = asked.filter(isNodeSource).length;
	switch (way) {
		case 'exec':
			return [
				`Runs: commands in ${plural(asked.length, 'container')} that ${asked.length === 1 ? 'runs' : 'run'} already, ${over}.`,
				'Image: none; what is in the containers is used.',
				'Leaves: nothing.',
				"Costs: runs as the container's user; appears in the audit log; consumes the container's CPU/memory limit.",
			];
		case 'ephemeral':
			return [
				`Runs: a new container in pod ${client.namespace}/${client.pod}, with its network, ${over}. It sleeps until it is asked and ends after ${debugSeconds} s.`,
				pulled,
				"Leaves: the container. It cannot be removed: it stays in the pod's spec until the pod is deleted.",
				'Costs: no extra privileges and no limits of its own; appears in the audit log. PodSecurity or admission may refuse it.',
			];
		case 'pod':
			return [
				`Runs: ${plural(asked.length, 'pod')} of our own in namespace ${namespace}${onHost === 0 ? '' : `, ${onHost} of them in the network of a node`}, label ${debugLabel}, ${over}.`,
				pulled,
				`Leaves: nothing. The pods are deleted at the end; if k8tui dies they end after ${debugSeconds} s.`,
				'Costs: 50m CPU and 64Mi each; no service account token, no privileges; appears in the audit log. PodSecurity or admission may refuse them. NetworkPolicies of the client do not select them.',
			];
	}
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
