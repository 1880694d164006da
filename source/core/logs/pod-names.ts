/** The letters that the API server makes names with (apimachinery pkg/util/rand). */
const hashed = /^(.+)-([bcdfghjklmnpqrstvwxz2456789]{5})$/;
const ordinal = /^(.+)-(\d{1,4})$/;

/**
 * The part of each pod's name that tells it from the others, by `namespace/name`: the five letters at the end; of a StatefulSet's pod
 * its own name and number; with more of the name, at last with the namespace, where two would be the same.
 */
export function shortPodNames(pods: readonly string[]): ReadonlyMap<string, string> {
	const candidates = new Map(pods.map(pod => [pod, candidatesOf(pod)]));
	const level = new Map(pods.map(pod => [pod, 0]));
	for (;;) {
		const byName = new Map<string, string[]>();
		for (const pod of pods) {
			const name = nameAt(candidates.get(pod) ?? [], level.get(pod) ?? 0);
			byName.set(name, [...(byName.get(name) ?? []), pod]);
		}
		const same = [...byName.values()].filter(group => group.length > 1).flat();
		const longer = same.filter(pod => (level.get(pod) ?? 0) < (candidates.get(pod)?.length ?? 1) - 1);
		if (longer.length === 0) return new Map(pods.map(pod => [pod, nameAt(candidates.get(pod) ?? [], level.get(pod) ?? 0)]));
		for (const pod of longer) level.set(pod, (level.get(pod) ?? 0) + 1);
	}
}

function nameAt(candidates: readonly string[], level: number): string {
	return candidates[level] ?? candidates.at(-1) ?? '';
}

/** Shorter first: `xw8pl`, the whole name, `shop/` and the whole name. */
function candidatesOf(pod: string): readonly string[] {
	const name = pod.slice(pod.indexOf('/') + 1);
	const suffix = hashed.exec(name)?.[2];
	if (suffix !== undefined) return [suffix, name, pod];
	const number = ordinal.exec(name);
	return number === null ? [name, pod] : [`${number[1]?.split('-').at(-1) ?? ''}-${number[2] ?? ''}`, name, pod];
}
