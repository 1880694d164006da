const fewest = 3;
const most = 20;

/**
 * How often a Service's address is asked so that one bad endpoint is met with 99 %: each asking has another source port, so another endpoint.
 * Source: diagnosis.md 4.2.
 */
export function samplesFor(endpoints: number): number {
	if (endpoints < 2) return fewest;
	return Math.min(most, Math.max(fewest, Math.ceil(Math.log(0.01) / Math.log(1 - 1 / endpoints))));
}
