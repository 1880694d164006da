import {textAt} from '../field.ts';
import {parseNano, unitsOf} from './nano.ts';

/** When a kubelet evicts pods for want of memory. */
export type EvictionThreshold = Readonly<{
	/** As it is set: `100Mi`, `5%`. */
	text: string;
	/** false: what a kubelet has without a setting, because its own could not be read. undefined: the same, because it is not read yet. */
	isRead: boolean | undefined;
}>;

/** A kubelet's own default (pkg/kubelet/apis/config/v1beta1/defaults_linux.go, `evictionHard`). */
export const defaultEviction: EvictionThreshold = {text: '100Mi', isRead: undefined};

/** The threshold in a kubelet's `/configz`; the default where it sets none of its own. */
export function evictionThreshold(configz: unknown): EvictionThreshold {
	const text = textAt(configz, 'kubeletconfig', 'evictionHard', 'memory.available');
	return text === undefined ? {...defaultEviction, isRead: true} : {text, isRead: true};
}

/** The threshold in bytes; a share is one of the node's capacity. undefined where that is unknown, or the text is neither. */
export function evictionBytes({text}: EvictionThreshold, capacity: number | undefined): number | undefined {
	const share = /^(\d+(?:\.\d+)?)%$/.exec(text);
	if (share) return capacity === undefined ? undefined : (capacity * Number(share[1])) / 100;
	const nano = parseNano(text);
	return nano === undefined ? undefined : unitsOf(nano);
}
