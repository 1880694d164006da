import {seededRandom, seedOf} from '../random.ts';
import {klogLine} from './formats/system-components.ts';

type Said = readonly [source: string, message: string];

const byUnit: Readonly<Record<string, readonly [Said, ...Said[]]>> = {
	kubelet: [
		['kubelet.go:2537', '"SyncLoop (PLEG): event for pod" pod="shop/web-0" event={"Type":"ContainerStarted"}'],
		['eviction_manager.go:366', '"Eviction manager: no resources are starved"'],
		['reconciler_common.go:251', '"operationExecutor.VerifyControllerAttachedVolume started for volume"'],
		['pod_startup_latency_tracker.go:104', '"Observed pod startup duration" podStartSLOduration=2.1'],
	],
	'kube-proxy': [
		['proxier.go:828', '"Syncing iptables rules" ipFamily="IPv4"'],
		['bounded_frequency_runner.go:296', '"Running sync" syncRunner="sync-runner"'],
	],
	containerd: [
		['cri.go:101', 'level=info msg="StartContainer returns successfully"'],
		['image.go:88', 'level=info msg="ImageUpdate event name:\\"registry.k8s.io/pause:3.10\\""'],
	],
};
const lineEveryMs = 7000;
const keptLines = 2000;

/** The names that a node log query finds on a node of the demo. */
export const nodeLogUnits: readonly string[] = Object.keys(byUnit);

/** The log of a component that runs on a node itself; undefined for one that it does not have. */
export function nodeLog(node: string, unit: string, now: number): string | undefined {
	const messages = byUnit[unit];
	if (messages === undefined) return undefined;
	const last = Math.floor(now / lineEveryMs);
	return Array.from({length: keptLines}, (_, index) => {
		const number = last - keptLines + 1 + index;
		const random = seededRandom(seedOf(`${node} ${unit} ${number}`));
		const [source, message] = random.pick(messages);
		return `${klogLine(number * lineEveryMs, 'I', source, message)}\n`;
	}).join('');
}
