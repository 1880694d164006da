const wellFormed = /^[1-9]\d*$/;

/**
 * Orders two resourceVersions of one resource type: negative, zero or positive; undefined where either is not a decimal
 * number (aggregated APIs), then order of arrival counts. Rule: k8s.io/apimachinery/pkg/util/resourceversion.
 */
export function compareResourceVersions(a: string | undefined, b: string | undefined): number | undefined {
	if (a === undefined || b === undefined) return undefined;
	if (a === b) return 0;
	if (!wellFormed.test(a) || !wellFormed.test(b)) return undefined;
	return a.length - b.length || (a < b ? -1 : 1);
}
