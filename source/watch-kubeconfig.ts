import type {Clock} from './core/clock.ts';
import {type KubeconfigPlaces, type KubeconfigView, kubeconfigStamp, loadKubeconfig} from './kube/kubeconfig-files.ts';

/** Long enough to cost nothing, short enough for who has just typed `kubectl config`. */
const lookEveryMs = 5000;

export type WatchKubeconfigOptions = Readonly<{
	clock: Clock;
	places: KubeconfigPlaces;
	/** Of the view that is in use. */
	stamp(): string | undefined;
	/** The files as they are now. */
	changed(view: KubeconfigView): void;
	/** They have changed and cannot be read: tried again at the next look. */
	failed(error: unknown): void;
}>;

/** Looks at the kubeconfig files now and every five seconds, and reads them again when one was written, came or went. */
export function watchKubeconfig(options: WatchKubeconfigOptions): Disposable {
	const {clock, places} = options;
	let isOver = false;
	let waiting: Disposable | undefined;
	const look = async (): Promise<void> => {
		try {
			if ((await kubeconfigStamp(places)) !== options.stamp()) {
				const view = await loadKubeconfig(places);
				if (!isOver) options.changed(view);
			}
		} catch (error) {
			if (!isOver) options.failed(error);
		}
	};
	const next = (): void => {
		if (isOver) return;
		waiting = clock.after(lookEveryMs, () => void look().then(next));
	};
	void look().then(next);
	return {
		[Symbol.dispose]() {
			isOver = true;
			waiting?.[Symbol.dispose]();
		},
	};
}
