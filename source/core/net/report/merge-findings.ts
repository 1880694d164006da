import type {Finding} from '../../finding.ts';

const weight: Readonly<Record<Finding['confidence'], number>> = {proven: 2, likely: 1, possible: 0};

/** Both lists; of two with one key the better proven, with the evidence of both. */
export function mergeFindings(first: readonly Finding[], second: readonly Finding[]): readonly Finding[] {
	const merged = new Map<string, Finding>();
	for (const finding of [...first, ...second]) {
		const other = merged.get(finding.key);
		if (!other) {
			merged.set(finding.key, finding);
			continue;
		}
		const [better, worse] = weight[finding.confidence] > weight[other.confidence] ? [finding, other] : [other, finding];
		const told = new Set(better.evidence.map(({path, value}) => `${path} ${value}`));
		merged.set(finding.key, {...better, evidence: [...better.evidence, ...worse.evidence.filter(({path, value}) => !told.has(`${path} ${value}`))]});
	}
	return [...merged.values()];
}
