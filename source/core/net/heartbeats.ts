/** One renewal of a node's lease: what its kubelet's clock said, and the server's time when it was seen, ms. */
export type Renewal = Readonly<{renewedAt: number; seenAt: number}>;

/** `node-heartbeats`, target the node: the last renewals as they were seen to come, newest first. */
export type HeartbeatFacts = Readonly<{renewals: readonly Renewal[]}>;

/** So many renewals make an estimate (diagnosis.md 2.9, check 102): one that came late does not count then. */
export const enoughRenewals = 5;
/** A kubelet renews its lease when a quarter of its time is over, 10 s as a rule; a little later where the server is slow. */
const lateShare = 0.1;
const lateMs = 1000;

/** How far a node's clock is from the server's, ms, positive: ahead. `regular`: the renewals came as far apart as they should. */
export type ClockOffset = Readonly<{offsetMs: number; regular: boolean}>;

/**
 * The median of the last five renewals; undefined where there are fewer. On its way to us a renewal can only lose time: ahead is ahead,
 * behind may as well be a slow way, unless the renewals came at their usual distance.
 */
export function clockOffset(renewals: readonly Renewal[], leaseSeconds = 40): ClockOffset | undefined {
	const last = renewals.slice(0, enoughRenewals);
	if (last.length < enoughRenewals) return undefined;
	const usualMs = leaseSeconds * 250;
	const gaps = last.slice(1).map(({renewedAt}, index) => (last[index]?.renewedAt ?? 0) - renewedAt);
	const [offsetMs = 0] = last
		.map(({renewedAt, seenAt}) => renewedAt - seenAt)
		.toSorted((a, b) => a - b)
		.slice(enoughRenewals >> 1);
	return {offsetMs, regular: gaps.every(gap => Math.abs(gap - usualMs) <= usualMs * lateShare + lateMs)};
}
